package dev.tandem.cluster;

import dev.tandem.foreign.NativeLibrary;

/** Chooses once. */
final class BestClusterer {
    /** Set to {@code true}, asks for distances of tokens rounded to bfloat16: faster where the CPU has AMX. */
    static final String BF16_PROPERTY = "tandem.cluster.bf16";

    static final TokenClusterer CHOSEN = NativeLibrary.get().available()
            ? new NativeDpcKnn(Boolean.getBoolean(BF16_PROPERTY))
            : new DpcKnn();

    private BestClusterer() {
    }
}
