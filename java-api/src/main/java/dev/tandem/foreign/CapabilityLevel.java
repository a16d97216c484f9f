package dev.tandem.foreign;

/**
 * The vector instructions that native kernels may use, as {@code native/include/tandem/capability.h} numbers them.
 * Within one architecture a later constant includes the earlier ones.
 */
public enum CapabilityLevel {
    SCALAR(0), AVX2(110), AVX512(120), AVX512_VNNI(130), AMX(140), NEON(210), NEON_DOTPROD(220);

    private final int code;

    CapabilityLevel(int code) {
        this.code = code;
    }

    /** The value in C. */
    public int code() {
        return code;
    }

    /**
     * The tier that may run for what the library reported: a negative level means that the operating system keeps the
     * vector registers from us, so {@link #SCALAR}; a tier newer than this enum counts as the best known below it in
     * its hundred.
     */
    public static CapabilityLevel of(int level) {
        CapabilityLevel best = SCALAR;
        for (CapabilityLevel candidate : values()) {
            if (candidate.code <= level && candidate.code / 100 == level / 100) {
                best = candidate;
            }
        }
        return best;
    }
}
