package dev.tandem.method.tokens;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Host;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.pack.TestPack;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The encoder of a pack of 8 x 8 pixels to six tokens of width 8, its graph a line of Java. */
class VisionEncoderTest {
    private final MemoryAccount memory = new MemoryAccount("test", 1 << 20);

    private Host host(CountingEngine engine) {
        return new Host(engine, memory, SliceLimits.defaults());
    }

    /** The mean of the pixels, plus the place of the value. */
    private static void graph(Map<String, Tensor> in, Map<String, Tensor> out) {
        float sum = 0;
        float[] pixels = in.get("pixel_values").toFloats();
        for (float pixel : pixels) {
            sum += pixel;
        }
        float[] values = new float[48];
        for (int i = 0; i < values.length; i++) {
            values[i] = sum / pixels.length + i;
        }
        out.get("last_hidden_state").setFloats(values);
    }

    @Test
    void encodesEachPictureAnewAndGivesAllBack(@TempDir Path folder) throws IOException {
        Pack pack = new TestPack(folder).open();
        CountingEngine engine = new CountingEngine(pack, VisionEncoderTest::graph);
        try (VisionEncoder encoder = new VisionEncoder(pack, "encoder", host(engine))) {
            assertEquals(6, encoder.count());
            assertEquals(8, encoder.width());
            long held = memory.usage().bytes();
            assertTrue(held >= 4 * (3 * 64 + 48));
            Stopwatch stages = new Stopwatch();
            float[] black = encoder.encode(RgbImage.black(20, 10), stages).clone();
            assertEquals(List.of("prepare", "encoder"), List.copyOf(stages.nanos().keySet()));
            byte[] white = new byte[8 * 8 * 3];
            Arrays.fill(white, (byte) 255);
            float[] bright = encoder.encode(new RgbImage(8, 8, white), stages);
            for (int i = 0; i < 48; i++) {
                assertEquals(-2 + i, black[i], 1e-4);
                assertEquals(2 + i, bright[i], 1e-4);
            }
            assertArrayEquals(new long[]{6, 8}, encoder.tokens().shape());
            assertArrayEquals(bright, encoder.tokens().toFloats());
            try (TokenClusterer clusterer = TokenClusterer.reference()) {
                float[] one = encoder.merged(clusterer, 1, 3);
                assertEquals(8, one.length);
                assertEquals(2 + 20, one[0], 1e-4);
                assertEquals(48, encoder.merged(clusterer, 6, 3).length);
            }
            assertEquals(held, memory.usage().bytes());
        }
        assertEquals(0, memory.usage().bytes());
        assertEquals(0, engine.sessions);
        assertEquals(0, engine.bindings);
    }

    @Test
    void givesAllBackWhereItCannotOpen(@TempDir Path folder) throws IOException {
        TestPack files = new TestPack(folder);
        CountingEngine unbound = new CountingEngine(files.open(), null);
        Pack pack = files.open();
        assertThrows(IllegalStateException.class, () -> new VisionEncoder(pack, "encoder", host(unbound)));
        assertEquals(0, unbound.sessions);
        assertEquals(0, memory.usage().bytes());
        CountingEngine other = new CountingEngine(
                files.set("/graphs/encoder/outputs/0/shape", "[1, 5, 8]").set("/golden", "[]").open(),
                VisionEncoderTest::graph);
        assertThrows(PackException.class, () -> new VisionEncoder(pack, "encoder", host(other)));
        assertEquals(0, other.sessions);
        assertEquals(0, memory.usage().bytes());
    }
}
