package dev.tandem.engine.onnx;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A program of its own, so that nothing but the runs moves its memory: arguments are the runs to warm up with and the
 * runs to measure; prints by how many bytes malloc and the resident set grew. 60 inputs and 60 outputs are attached
 * anew for each run, a new binding is made every 50 runs and a new session every 500.
 */
final class OnnxSoak {
    private static final int LONGEST = 16;

    private OnnxSoak() {
    }

    static void main(String[] arguments) throws Exception {
        MallocCount malloc = new MallocCount();
        try (Arena arena = Arena.ofConfined();
                Engine engine = Engines.select("onnx").create(EngineSettings.defaults().withThreads(1))) {
            Cache cache = new Cache(arena);
            cache.run(engine, Integer.parseInt(arguments[0]));
            long mallocBefore = malloc.usedBytes();
            long residentBefore = residentBytes();
            cache.run(engine, Integer.parseInt(arguments[1]));
            System.out
                    .println("grown " + (malloc.usedBytes() - mallocBefore) + " " + (residentBytes() - residentBefore));
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    /** Two sets of tensors that take turns, as past and present do, at lengths that change from run to run. */
    private static final class Cache {
        private final Tensor fresh;
        private final Map<String, Tensor> even = new HashMap<>();
        private final Map<String, Tensor> odd = new HashMap<>();

        Cache(Arena arena) {
            fresh = Tensor.allocate(arena, DType.FLOAT32, 1, 3, 1, 64);
            for (int i = 0; i < 30; i++) {
                for (String part : new String[]{".key", ".value"}) {
                    even.put(i + part, Tensor.allocate(arena, DType.FLOAT32, 1, 3, LONGEST + 1, 64));
                    odd.put(i + part, Tensor.allocate(arena, DType.FLOAT32, 1, 3, LONGEST + 1, 64));
                }
            }
        }

        void run(Engine engine, int runs) {
            for (int done = 0; done < runs; done += 500) {
                try (Session session = engine.open(GraphFile.of(Graphs.path("cache")))) {
                    for (int i = 0; i < 500; i += 50) {
                        bindAndRun(session, 50);
                    }
                }
            }
        }

        private void bindAndRun(Session session, int runs) {
            Map<String, Tensor> inputs = new HashMap<>(Map.of("new", fresh));
            Map<String, Tensor> outputs = new HashMap<>();
            for (TensorInfo out : session.outputs()) {
                String part = out.name().substring("present.".length());
                inputs.put("past_key_values." + part, even.get(part).prefix(1, 3, 0, 64));
                outputs.put(out.name(), odd.get(part).prefix(1, 3, 1, 64));
            }
            try (Binding binding = session.bind(inputs, outputs)) {
                for (int i = 0; i < runs; i++) {
                    int length = i % LONGEST;
                    (i % 2 == 0 ? even : odd).forEach((part, tensor) -> binding
                            .rebindInput("past_key_values." + part, tensor.prefix(1, 3, length, 64)));
                    (i % 2 == 0 ? odd : even).forEach((part, tensor) -> binding.rebindOutput("present." + part,
                            tensor.prefix(1, 3, length + 1, 64)));
                    binding.run();
                }
            }
        }
    }
}
