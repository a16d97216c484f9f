package dev.tandem.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Native memory stays flat over many runs. The runs happen in a process with a small heap touched beforehand, without
 * the large compiler, and with the collector's help for native objects switched off: one object of 100 bytes lost at
 * each attachment would be 12 MB over a thousand runs.
 */
class OnnxSoakTest {
    private static final long MOST_MALLOC_BYTES = 512 << 10;
    private static final long MOST_RESIDENT_BYTES = 8 << 20;

    @Test
    void aThousandRunsHoldNoMoreMemoryThanBefore() throws Exception {
        soak(500, 1000);
    }

    @Test
    @Tag("slow")
    void tenThousandRunsHoldNoMoreMemoryThanBefore() throws Exception {
        soak(2000, 10_000);
    }

    private static void soak(int warmUp, int runs) throws IOException, InterruptedException {
        assumeTrue(MallocCount.possible(), "missing capability: mallinfo2 of glibc 2.33");
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.nopointergc=true", "-XX:+UseSerialGC",
                "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), OnnxSoak.class.getName(), "" + warmUp, "" + runs))
                .redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), output);
        String line = output.lines().filter(l -> l.startsWith("grown ")).findFirst()
                .orElseThrow(() -> new AssertionError(output));
        long malloc = Long.parseLong(line.split(" ")[1]);
        long resident = Long.parseLong(line.split(" ")[2]);
        System.out.printf("soak of %,d runs and %,d attachments: malloc %+d KiB, resident %+d KiB%n", runs, runs * 120L,
                malloc >> 10, resident >> 10);
        assertTrue(malloc < MOST_MALLOC_BYTES, "malloc grew by [" + malloc + "] bytes over " + runs + " runs");
        assertTrue(resident < MOST_RESIDENT_BYTES, "resident memory grew by [" + resident + "] bytes");
    }
}
