package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Binding;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedEncoderTest {
    private final FakeEngine engine = new FakeEngine();
    private final SharedEncoder shared = new SharedEncoder(engine);
    private final Arena arena = Arena.ofConfined();
    private final Tensor pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 1, 2, 2);

    @AfterEach
    void nothingIsLeftOpen() {
        shared.close();
        arena.close();
        assertEquals(0, engine.open);
    }

    private static GraphFile graph(String name) {
        return GraphFile.of(Path.of(name));
    }

    private float[] run(Session session, float... values) {
        pixels.setFloats(values);
        Tensor out = Tensor.allocate(arena, DType.FLOAT32, 1, 1, 2, 2);
        try (Binding binding = session.bind(Map.of("in", pixels), Map.of("out", out))) {
            binding.run();
        }
        return out.toFloats();
    }

    @Test
    void theSamePixelsAreEncodedOnceForAllWhoLook() {
        try (Session one = shared.open(graph("pixels")); Session other = shared.open(graph("pixels"))) {
            assertEquals(1, engine.sessions);
            assertArrayEquals(new float[]{2, 3, 4, 5}, run(one, 1, 2, 3, 4));
            assertArrayEquals(new float[]{2, 3, 4, 5}, run(other, 1, 2, 3, 4));
            assertEquals(1, engine.runs);
            assertArrayEquals(new float[]{2, 3, 4, 6}, run(other, 1, 2, 3, 5));
            assertEquals(2, engine.runs);
            assertArrayEquals(new float[]{2, 3, 4, 5}, run(one, 1, 2, 3, 4));
            assertEquals(3, engine.runs, "only the last picture is kept");
        }
    }

    @Test
    void timeThatWasSavedIsGivenBackOnce() {
        try (Session session = shared.open(graph("pixels"))) {
            run(session, 1, 2, 3, 4);
            assertEquals(0, shared.takeSavedNanos());
            run(session, 1, 2, 3, 4);
            assertTrue(shared.takeSavedNanos() >= 0);
            assertEquals(0, shared.takeSavedNanos());
        }
    }

    @Test
    void graphsThatLookAtOtherThingsAreLeftAlone() {
        try (Session one = shared.open(graph("words"));
                Session other = shared.open(graph("words"));
                Session eye = shared.open(graph("pixels"));
                Session second = shared.open(graph("pixels2"))) {
            assertEquals(4, engine.sessions);
            assertEquals("out", one.outputs().getFirst().name());
            assertEquals(4, eye.inputs().getFirst().shape().length);
            run(eye, 1, 2, 3, 4);
            run(second, 1, 2, 3, 4);
            assertEquals(2, engine.runs, "each graph has its own memory");
            assertEquals(other.inputs(), one.inputs());
        }
    }

    @Test
    void aTensorInAnothersPlaceCounts() {
        try (Session session = shared.open(graph("pixels"))) {
            pixels.setFloats(new float[]{1, 1, 1, 1});
            Tensor out = Tensor.allocate(arena, DType.FLOAT32, 1, 1, 2, 2);
            Tensor next = Tensor.allocate(arena, DType.FLOAT32, 1, 1, 2, 2);
            next.setFloats(new float[]{5, 5, 5, 5});
            try (Binding binding = session.bind(Map.of("in", pixels), Map.of("out", out))) {
                binding.run();
                Tensor elsewhere = Tensor.allocate(arena, DType.FLOAT32, 1, 1, 2, 2);
                binding.rebindInput("in", next);
                binding.rebindOutput("out", elsewhere);
                binding.run();
                assertArrayEquals(new float[]{2, 2, 2, 2}, out.toFloats());
                assertArrayEquals(new float[]{6, 6, 6, 6}, elsewhere.toFloats());
                binding.rebindOutput("out", out);
                binding.run();
                assertArrayEquals(new float[]{6, 6, 6, 6}, out.toFloats());
                assertEquals(2, engine.runs);
            }
        }
    }
}
