package dev.tandem.method.tofc.codec.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The conformance set of docs/conformance.md: made by the plain Java reference, committed, read by the tests of every
 * implementation.
 *
 * <p>{@code java dev.tandem.method.tofc.codec.conformance.ConformanceSet DIR} writes it anew; only a new version of the
 * bitstream is a reason to.
 */
public final class ConformanceSet {
    /** Where a module's tests see it from. */
    private static Path folder = Path.of("..", "native", "tests", "conformance");

    private ConformanceSet() {
    }

    /** Writes all files into a folder. */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, byte[]> file : generate().entrySet()) {
            Files.write(Path.of(args[0], file.getKey()), file.getValue());
            System.out.println(file.getKey() + " " + file.getValue().length);
        }
    }

    /** What the reference makes of the seeds: bytes by file name. */
    static Map<String, byte[]> generate() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(FileCase.TABLES, FileCase.writeTables(TablesGenerator.cases()));
        files.put(StreamGroup.FILE, StreamGroup.write(StreamGenerator.groups()));
        files.put(HyperGroup.FILE, HyperGroup.write(HyperGenerator.set()));
        files.put(SliceGroup.FILE, SliceGroup.write(SliceGenerator.groups()));
        files.put(LatentGroup.FILE, LatentGroup.write(LatentGenerator.groups()));
        return files;
    }

    /** For programs that run elsewhere; before anything is read. */
    static void folder(Path elsewhere) {
        folder = elsewhere;
    }

    /** One committed file. */
    static byte[] committed(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
