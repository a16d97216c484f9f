package dev.tandem.foreign;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips a test, by name of what is missing, where libtandem was not built. */
final class NativeBuild {
    private NativeBuild() {
    }

    static NativeLibrary require() {
        NativeLibrary library = NativeLibrary.get();
        assumeTrue(library.available(), () -> "missing capability: libtandem " + library.reasons());
        return library;
    }
}
