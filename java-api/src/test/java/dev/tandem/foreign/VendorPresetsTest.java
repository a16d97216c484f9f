package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class VendorPresetsTest {
    @Test
    void aLibraryThatDoesNotLoadWhereItWasUnpackedNamesARemedy() {
        for (Throwable failure : new Throwable[]{
                new UnsatisfiedLinkError("/t/libx.so: /t/libx.so: failed to map segment from shared object"),
                new ExceptionInInitializerError(new IOException("/h/.javacpp: Read-only file system"))}) {
            String words = VendorPresets.unpacking(failure);
            assertTrue(words.contains(System.getProperty("java.io.tmpdir")) && words.contains("-Djava.io.tmpdir=DIR"),
                    words);
        }
        assertNull(VendorPresets.unpacking(new UnsatisfiedLinkError("no jniopencl in java.library.path")));
        assertNull(VendorPresets.unpacking(new UnsatisfiedLinkError()));
    }
}
