package dev.tandem.foreign;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;

/**
 * Where our library lies: one directory, {@code <os>-<arch>} beside the jar (or class folder) of this package, or the
 * directory that one property names. Nothing is searched, nothing is unpacked.
 */
final class NativeLocation {
    /** Names the directory that holds the library, for development and tests. */
    static final String PROPERTY = "tandem.native.dir";

    private NativeLocation() {
    }

    static Path directory() {
        String override = System.getProperty(PROPERTY);
        return override != null ? Path.of(override).toAbsolutePath() : beside(NativeLocation.class);
    }

    static String fileName() {
        return fileName("tandem");
    }

    /** For example {@code libtandem_cuda.so} for {@code tandem_cuda}. */
    static String fileName(String library) {
        return System.mapLibraryName(library);
    }

    private static Path beside(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            Path home = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            Path parent = home.toAbsolutePath().getParent();
            return (parent == null ? home : parent).resolve(platform());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Path.of(platform()).toAbsolutePath();
        }
    }

    /** For example {@code linux-x64} or {@code linux-aarch64}. */
    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return os + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
