package dev.tandem.foreign;

/**
 * Settles how JavaCPP presets behave in this process, before the first of them loads. Properties that the user has set
 * stand. By default JavaCPP counts the whole process's resident memory against a multiple of the Java heap and ends in
 * OutOfMemoryError where a model is simply large; Tandem frees every native object itself, so both limits are off and
 * the collector is not asked to help.
 * <p>
 * The cache that JavaCPP extracts libraries to is its own default, {@code ~/.javacpp/cache}; it must be on a file
 * system that allows execution.
 */
public final class VendorPresets {
    private VendorPresets() {
    }

    /** Sets what is unset. Call before touching any preset class; calling again does nothing. */
    public static void prepare() {
        setDefault("org.bytedeco.javacpp.maxbytes", "0");
        setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
        setDefault("org.bytedeco.javacpp.nopointergc", "true");
    }

    /**
     * Why native libraries cannot be loaded by classes of the given module, or null if they can. JavaCPP itself reports
     * this as a library that is not there.
     */
    public static String refusal(Module module) {
        return module.isNativeAccessEnabled()
                ? null
                : "native access is not granted to [" + (module.isNamed() ? module.getName() : "the class path")
                        + "] and may be refused: start Java with --enable-native-access="
                        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
