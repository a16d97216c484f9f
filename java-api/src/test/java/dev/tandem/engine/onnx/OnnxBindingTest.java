package dev.tandem.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnnxBindingTest {
    private Arena arena;
    private Engine engine;

    @BeforeEach
    void open() {
        arena = Arena.ofConfined();
        engine = Engines.select("onnx").create(EngineSettings.defaults().withThreads(1));
    }

    @AfterEach
    void close() {
        engine.close();
        arena.close();
    }

    private Tensor floats(long... shape) {
        return Tensor.allocate(arena, DType.FLOAT32, shape);
    }

    @Test
    void aGrowingCacheIsDoubleBufferedByRebinding() {
        int steps = 5;
        try (Session session = engine.open(GraphFile.of(Graphs.path("cache")))) {
            Tensor fresh = floats(1, 3, 1, 64);
            Map<String, Tensor[]> buffers = new HashMap<>();
            Map<String, Tensor> inputs = new HashMap<>(Map.of("new", fresh));
            Map<String, Tensor> outputs = new HashMap<>();
            for (TensorInfo out : session.outputs()) {
                Tensor[] pair = {floats(1, 3, steps, 64), floats(1, 3, steps, 64)};
                buffers.put(out.name(), pair);
                inputs.put(past(out.name()), pair[0].prefix(1, 3, 0, 64));
                outputs.put(out.name(), pair[1].prefix(1, 3, 1, 64));
            }
            try (Binding binding = session.bind(inputs, outputs)) {
                for (int step = 0; step < steps; step++) {
                    int from = step & 1;
                    long length = step;
                    fresh.data().fill((byte) 0);
                    fresh.data().setAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, 0, step + 1);
                    buffers.forEach((name, pair) -> {
                        binding.rebindInput(past(name), pair[from].prefix(1, 3, length, 64));
                        binding.rebindOutput(name, pair[1 - from].prefix(1, 3, length + 1, 64));
                    });
                    binding.run();
                }
            }
            buffers.forEach((name, pair) -> {
                float[] last = pair[steps & 1].toFloats();
                for (int step = 0; step < steps; step++) {
                    assertEquals(step + 1, last[step * 64], name);
                }
            });
        }
    }

    private static String past(String present) {
        return present.replace("present", "past_key_values");
    }

    @Test
    void wrongNamesTypesAndShapesAreRefusedBeforeTheRuntimeSeesThem() {
        Tensor four = floats(4);
        Tensor five = floats(5);
        Tensor integers = Tensor.allocate(arena, DType.INT64, 4);
        Tensor device = Tensor.wrap(four.data(), MemoryKind.DEVICE, DType.FLOAT32, 4);
        try (Session session = engine.open(GraphFile.of(Graphs.path("tiny")))) {
            refused(session, Map.of("a", four), Map.of("sum", four), "missing [b]");
            refused(session, Map.of("a", four, "b", four, "c", four), Map.of("sum", four), "unknown [c]");
            refused(session, Map.of("a", four, "b", four), Map.of(), "missing [sum]");
            refused(session, Map.of("a", four, "b", five), Map.of("sum", four), "b FLOAT32[4]");
            refused(session, Map.of("a", four, "b", integers), Map.of("sum", four), "INT64[4]");
            refused(session, Map.of("a", four, "b", device), Map.of("sum", four), "DEVICE");
            try (Binding binding = session.bind(Map.of("a", four, "b", four), Map.of("sum", four))) {
                assertThrows(IllegalArgumentException.class, () -> binding.rebindInput("sum", four));
                assertThrows(IllegalArgumentException.class, () -> binding.rebindOutput("sum", five));
            }
        }
    }

    private static void refused(Session session, Map<String, Tensor> in, Map<String, Tensor> out, String words) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> session.bind(in, out));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void anOutputOfAnotherShapeThanTheRunMakesIsTheRuntimesError() {
        try (Session session = engine.open(GraphFile.of(Graphs.path("cache")))) {
            Map<String, Tensor> inputs = new HashMap<>(Map.of("new", floats(1, 3, 1, 64)));
            Map<String, Tensor> outputs = new HashMap<>();
            for (TensorInfo out : session.outputs()) {
                inputs.put(past(out.name()), floats(1, 3, 2, 64));
                outputs.put(out.name(), floats(1, 3, 3, 64));
            }
            try (Binding binding = session.bind(inputs, outputs)) {
                binding.run();
                binding.rebindOutput("present.7.key", floats(1, 3, 4, 64));
                NativeCallException e = assertThrows(NativeCallException.class, binding::run);
                assertTrue(e.getMessage().contains("cache.onnx"), e.getMessage());
                binding.rebindOutput("present.7.key", floats(1, 3, 3, 64));
                binding.run();
            }
        }
    }

    @Test
    void outputsMayBeLeftOut() {
        try (Session session = engine.open(GraphFile.of(Graphs.path("types")))) {
            Map<String, Tensor> inputs = new HashMap<>();
            session.inputs().forEach(i -> inputs.put(i.name(), Tensor.allocate(arena, i.dtype(), i.shape())));
            Tensor same = Tensor.allocate(arena, DType.INT64, 2, 3);
            inputs.get("a_int64").setLongs(1, 2, 3, 4, 5, 6);
            try (Binding binding = session.bind(inputs, Map.of("same_int64", same))) {
                binding.run();
            }
            assertArrayEquals(new long[]{1, 2, 3, 4, 5, 6}, same.toLongs());
        }
    }

    @Test
    void closedMeansClosed() {
        Tensor four = floats(4);
        Session session = engine.open(GraphFile.of(Graphs.path("tiny")));
        Binding first = session.bind(Map.of("a", four, "b", four), Map.of("sum", four));
        Binding second = session.bind(Map.of("a", four, "b", four), Map.of("sum", four));
        first.close();
        first.close();
        assertThrows(IllegalStateException.class, first::run);
        second.run();
        session.close();
        assertThrows(IllegalStateException.class, second::run);
        assertThrows(IllegalStateException.class, () -> second.rebindInput("a", four));
        second.close();
    }

    @Test
    void twoThreadsAtOnceAreRefusedAndTwoSessionsAreFine() throws InterruptedException {
        try (Arena shared = Arena.ofShared();
                Session one = engine.open(GraphFile.of(Graphs.path("product")));
                Session two = engine.open(GraphFile.of(Graphs.path("product")))) {
            Tensor x = Tensor.allocate(shared, DType.FLOAT32, 64, 768);
            Tensor w = Tensor.allocate(shared, DType.FLOAT32, 768, 768);
            Binding a = one.bind(Map.of("x", x, "w", w),
                    Map.of("y", Tensor.allocate(shared, DType.FLOAT32, 64, 768)));
            Binding b = two.bind(Map.of("x", x, "w", w),
                    Map.of("y", Tensor.allocate(shared, DType.FLOAT32, 64, 768)));
            CountDownLatch stop = new CountDownLatch(1);
            CountDownLatch running = new CountDownLatch(1);
            Thread busy = Thread.ofPlatform().name("busy").start(() -> {
                while (stop.getCount() > 0) {
                    try {
                        a.run();
                        running.countDown();
                    } catch (IllegalStateException e) {
                        Thread.onSpinWait();
                    }
                }
            });
            running.await();
            String words = null;
            for (int i = 0; words == null && i < 1000; i++) {
                try {
                    b.run();
                    a.run();
                } catch (IllegalStateException e) {
                    words = e.getMessage();
                }
            }
            stop.countDown();
            busy.join();
            assertTrue(words != null && words.contains("one thread at a time"), words);
        }
    }

    @Test
    void memoryTheArenaHasClosedIsRefused() {
        try (Session session = engine.open(GraphFile.of(Graphs.path("tiny")))) {
            MemorySegment gone;
            Tensor tensor;
            try (Arena brief = Arena.ofConfined()) {
                gone = brief.allocate(16, 64);
                tensor = Tensor.wrap(gone, DType.FLOAT32, 4);
            }
            Tensor four = floats(4);
            assertThrows(IllegalStateException.class,
                    () -> session.bind(Map.of("a", tensor, "b", four), Map.of("sum", four)));
        }
    }
}
