package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    private static final FunctionDescriptor INT = FunctionDescriptor.of(ValueLayout.JAVA_INT);

    @Test
    void theBuiltLibraryIsOfOurVersion() throws Throwable {
        NativeLibrary library = NativeBuild.require();
        assertEquals(NativeLoader.ABI_MAJOR << 16 | NativeLoader.ABI_MINOR,
                (int) library.link("td_version_abi", INT).invokeExact());
        assertTrue(library.reasons().isEmpty());
        assertEquals(library.capabilityCode() < 0, library.capability() == CapabilityLevel.SCALAR
                && library.capabilityCode() != 0);
    }

    @Test
    void itsTierHasWords() {
        NativeLibrary library = NativeBuild.require();
        String tier = library.capability().name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertTrue(library.capabilityWords().startsWith(tier), library.capabilityWords());
    }

    @Test
    void anUnknownFunctionIsNamed() {
        NativeLibrary library = NativeBuild.require();
        Exception e = assertThrows(NativeUnavailableException.class, () -> library.link("td_no_such_thing", INT));
        assertTrue(e.getMessage().contains("td_no_such_thing"), e.getMessage());
    }

    @Test
    void noLibraryIsAValueWithThePathAndTheRemedy(@TempDir Path folder) {
        NativeLibrary library = NativeLoader.load(folder);
        assertFalse(library.available());
        assertEquals(CapabilityLevel.SCALAR, library.capability());
        assertEquals("", library.capabilityWords());
        assertTrue(library.toString().contains(folder.toString()), library.toString());
        assertTrue(library.toString().contains("-Dtandem.native.dir"), library.toString());
        assertThrows(NativeUnavailableException.class, () -> library.link("td_version_abi", INT));
    }

    @Test
    void aFileThatIsNoLibraryIsAReason(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve(NativeLocation.fileName()), "not a library");
        NativeLibrary library = NativeLoader.load(folder);
        assertFalse(library.available());
        assertTrue(library.toString().contains(file.toString()), library.toString());
    }

    @Test
    void aLibraryOfAnotherVersionIsRefusedWithBothVersions() {
        Path future = NativeBuild.require().file().resolveSibling("future");
        NativeLibrary library = NativeLoader.load(future);
        assertFalse(library.available());
        assertTrue(library.toString().contains("[2.0]")
                && library.toString().contains("[1." + NativeLoader.ABI_MINOR + "]"), library.toString());
    }

    @Test
    void thePlatformIsNamedAsTheInstallDirectory() {
        assertTrue(NativeLocation.platform().matches("[a-z]+-(x64|[a-z0-9]+)"), NativeLocation.platform());
        assertNotEquals("", NativeLocation.fileName());
    }
}
