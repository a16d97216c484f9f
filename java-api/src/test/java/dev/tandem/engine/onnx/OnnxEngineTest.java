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
import dev.tandem.engine.GraphOptimization;
import dev.tandem.engine.Precision;
import dev.tandem.engine.Session;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxEngineTest {
    private static Engine engine() {
        return Engines.select("onnx").create(EngineSettings.defaults().withThreads(1));
    }

    @ParameterizedTest
    @EnumSource(GraphOptimization.class)
    void runsAGraphOverTheCallersMemory(GraphOptimization optimization) {
        try (Arena arena = Arena.ofConfined();
                Engine engine = Engines.select("onnx")
                        .create(EngineSettings.defaults().withThreads(2).withOptimization(optimization));
                Session session = engine.open(GraphFile.of(Graphs.path("tiny")))) {
            Tensor a = Tensor.allocate(arena, DType.FLOAT32, 4);
            Tensor b = Tensor.allocate(arena, DType.FLOAT32, 4);
            Tensor sum = Tensor.allocate(arena, DType.FLOAT32, 4);
            try (Binding binding = session.bind(Map.of("a", a, "b", b), Map.of("sum", sum))) {
                a.setFloats(new float[]{1, 2, 3, 4});
                b.setFloats(new float[]{10, 20, 30, 40});
                binding.run();
                assertArrayEquals(new float[]{11, 22, 33, 44}, sum.toFloats());
                a.setFloats(new float[]{0, 0, 0, -40});
                binding.run();
                assertArrayEquals(new float[]{10, 20, 30, 0}, sum.toFloats());
            }
        }
    }

    @Test
    void namesTypesAndShapesAreRead() {
        try (Engine engine = engine(); Session session = engine.open(GraphFile.of(Graphs.path("cache")))) {
            assertEquals(61, session.inputs().size());
            assertEquals(60, session.outputs().size());
            assertEquals(new TensorInfo("new", DType.FLOAT32, new long[]{1, 3, -1, 64}), session.inputs().getFirst());
            assertEquals("present.29.value", session.outputs().getLast().name());
        }
    }

    @Test
    void everyElementTypePassesUnchanged() {
        try (Arena arena = Arena.ofConfined();
                Engine engine = engine();
                Session session = engine.open(GraphFile.of(Graphs.path("types")))) {
            Map<String, Tensor> inputs = new HashMap<>();
            Map<String, Tensor> outputs = new HashMap<>();
            for (TensorInfo info : session.inputs()) {
                Tensor tensor = Tensor.allocate(arena, info.dtype(), info.shape());
                for (long i = 0; i < tensor.byteSize(); i++) {
                    tensor.data().set(java.lang.foreign.ValueLayout.JAVA_BYTE, i,
                            (byte) (info.dtype() == DType.BOOL ? i & 1 : 17 + 3 * i));
                }
                inputs.put(info.name(), tensor);
                outputs.put(info.name().replace("a_", "same_"), Tensor.allocate(arena, info.dtype(), info.shape()));
            }
            try (Binding binding = session.bind(inputs, outputs)) {
                binding.run();
            }
            inputs.forEach((name, tensor) -> assertEquals(-1,
                    tensor.data().mismatch(outputs.get(name.replace("a_", "same_")).data()), name));
        }
    }

    @Test
    void dataBesideTheGraphIsRead() {
        try (Arena arena = Arena.ofConfined();
                Engine engine = engine();
                Session session = engine.open(GraphFile.of(Graphs.path("external")))) {
            Tensor x = Tensor.allocate(arena, DType.FLOAT32, 8);
            Tensor y = Tensor.allocate(arena, DType.FLOAT32, 8);
            try (Binding binding = session.bind(Map.of("x", x), Map.of("y", y))) {
                binding.run();
            }
            assertArrayEquals(new float[]{0, .5f, 1, 1.5f, 2, 2.5f, 3, 3.5f}, y.toFloats());
        }
    }

    @Test
    void weightsFromAnotherFolderAreLent(@TempDir Path folder, @TempDir Path other) throws IOException {
        Path graph = Files.copy(Graphs.path("external"), folder.resolve("external.onnx"));
        Path data = other.resolve("mine.bin");
        Files.copy(Graphs.path("external").resolveSibling("external.bin"), data);
        GraphFile lent = new GraphFile("external", graph, "", Map.of("external.bin", data), Map.of());
        try (Engine engine = engine(); Arena arena = Arena.ofConfined(); Session session = engine.open(lent)) {
            Tensor x = Tensor.allocate(arena, DType.FLOAT32, 8);
            Tensor y = Tensor.allocate(arena, DType.FLOAT32, 8);
            try (Binding binding = session.bind(Map.of("x", x), Map.of("y", y))) {
                binding.run();
            }
            assertArrayEquals(new float[]{0, .5f, 1, 1.5f, 2, 2.5f, 3, 3.5f}, y.toFloats());
        }
        try (Engine engine = engine()) {
            Files.write(data, new byte[3]);
            assertThrows(NativeCallException.class, () -> engine.open(lent));
            Files.delete(data);
            assertTrue(assertThrows(UncheckedIOException.class, () -> engine.open(lent)).getMessage()
                    .contains("mine.bin"));
        }
    }

    @Test
    void missingDataBesideTheGraphIsNamed(@TempDir Path folder) throws IOException {
        Path graph = Files.copy(Graphs.path("external"), folder.resolve("external.onnx"));
        try (Engine engine = engine()) {
            NativeCallException e = assertThrows(NativeCallException.class, () -> engine.open(GraphFile.of(graph)));
            assertTrue(e.getMessage().contains("external.bin"), e.getMessage());
        }
    }

    @Test
    void aMissingDamagedOrForeignGraphIsAClearError(@TempDir Path folder) throws IOException {
        Path garbage = Files.write(folder.resolve("garbage.onnx"), new byte[]{1, 2, 3, 4});
        byte[] whole = Files.readAllBytes(Graphs.path("cache"));
        Path cut = Files.write(folder.resolve("cut.onnx"), java.util.Arrays.copyOf(whole, whole.length / 2));
        try (Engine engine = engine()) {
            for (Path graph : List.of(garbage, cut, folder.resolve("none.onnx"))) {
                NativeCallException e = assertThrows(NativeCallException.class, () -> engine.open(GraphFile.of(graph)));
                assertTrue(e.getMessage().contains(graph.toString()), e.getMessage());
            }
            assertThrows(IllegalArgumentException.class, () -> engine.open(GraphFile.of(Graphs.path("string"))));
        }
    }

    @Test
    void anErrorNamesGraphAndFileAndWhatTheRuntimeSaid(@TempDir Path folder) throws IOException {
        Path garbage = Files.write(folder.resolve("garbage.onnx"), new byte[]{1, 2, 3, 4});
        try (Engine engine = engine()) {
            NativeCallException e = assertThrows(NativeCallException.class,
                    () -> engine.open(new GraphFile("encoder", garbage, "", Map.of(), Map.of())));
            assertTrue(e.getMessage().contains("graph [encoder] of " + garbage), e.getMessage());
            assertTrue(e.getMessage().contains("Protobuf parsing failed"), e.getMessage());
        }
    }

    @Test
    void whatItsBindingsHoldIsCountedUntilTheyClose() {
        MemoryAccount account = MemoryAccount.process().owner("onnx");
        try (Arena arena = Arena.ofConfined();
                Engine engine = engine();
                Session session = engine.open(GraphFile.of(Graphs.path("tiny")))) {
            Tensor four = Tensor.allocate(arena, DType.FLOAT32, 4);
            long before = account.reservedBytes();
            try (Binding binding = session.bind(Map.of("a", four, "b", four), Map.of("sum", four))) {
                binding.run();
                assertEquals(before + "a_b_sum_".length() + 3 * Long.BYTES, account.reservedBytes());
            }
            assertEquals(before, account.reservedBytes());
            try (Session second = engine.open(GraphFile.of(Graphs.path("tiny")))) {
                second.bind(Map.of("a", four, "b", four), Map.of("sum", four));
            }
            assertEquals(before, account.reservedBytes());
        }
    }

    @Test
    void itTakesWhatTheCpuReads() {
        try (Engine engine = engine()) {
            assertEquals(Set.of(MemoryKind.HOST, MemoryKind.PINNED, MemoryKind.MAPPED), engine.takes());
        }
    }

    @Test
    void precisionThatOnlyAGraphCanGiveIsRefused() {
        for (Precision precision : List.of(Precision.FP16, Precision.INT8)) {
            assertThrows(IllegalArgumentException.class,
                    () -> Engines.select("onnx").create(EngineSettings.defaults().withPrecision(precision)));
        }
    }

    @Test
    void closingGoesFromTheInsideOut() {
        Engine engine = engine();
        Session session = engine.open(GraphFile.of(Graphs.path("tiny")));
        assertThrows(IllegalStateException.class, engine::close);
        session.close();
        session.close();
        engine.close();
        engine.close();
        assertThrows(IllegalStateException.class, () -> engine.open(GraphFile.of(Graphs.path("tiny"))));
    }
}
