package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries unpack native code at their first use, several processes perhaps at once. Once here;
 * {@code -Dtandem.test.unpacking=50} does it fifty times.
 */
class UnpackingNativesTest {
    private static final int PROCESSES = 3;

    @TempDir
    private Path dir;

    @Test
    void processesThatUnpackIntoOneEmptyCacheAtOnceAllRun() throws IOException, InterruptedException {
        for (int i = 0; i < Integer.getInteger("tandem.test.unpacking", 1); i++) {
            Path cache = Files.createDirectory(dir.resolve("cache" + i));
            List<Process> running = new ArrayList<>();
            for (int p = 0; p < PROCESSES; p++) {
                running.add(start(cache, cache.resolve("said" + p).toFile()));
            }
            for (Process process : running) {
                assertTrue(process.waitFor(120, TimeUnit.SECONDS), "round " + i);
            }
            for (int p = 0; p < PROCESSES; p++) {
                String said = Files.readString(cache.resolve("said" + p));
                assertTrue(said.contains(UnpackingNatives.WORD), "round " + i + ": " + said);
                assertEquals(0, running.get(p).exitValue(), said);
            }
            try (var unpacked = Files.walk(cache)) {
                assertTrue(unpacked.anyMatch(file -> file.toString().contains("onnxruntime")), "not unpacked there");
            }
        }
    }

    private static Process start(Path cache, File said) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-Dorg.bytedeco.javacpp.cachedir=" + cache, "-DDJL_CACHE_DIR=" + cache,
                "-DENGINE_CACHE_DIR=" + cache, "-Djava.io.tmpdir=" + cache,
                "-cp", System.getProperty("java.class.path"),
                UnpackingNatives.class.getName()).redirectErrorStream(true).redirectOutput(said).start();
    }
}
