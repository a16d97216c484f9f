package dev.tandem.engine.onnx;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The Java half of {@code binding_overhead.py}: opens the graph named by the first argument, and for each line on
 * standard input (a count) times that many bound runs and answers with median and least microseconds.
 */
final class BoundRuns {
    private BoundRuns() {
    }

    static void main(String[] arguments) throws IOException {
        try (Arena arena = Arena.ofConfined();
                Engine engine = Engines.select("onnx").create(EngineSettings.defaults().withThreads(1));
                Session session = engine.open(GraphFile.of(Graphs.path(arguments[0])))) {
            Random random = new Random(1);
            Map<String, Tensor> inputs = new HashMap<>();
            Map<String, Tensor> outputs = new HashMap<>();
            for (TensorInfo info : session.inputs()) {
                Tensor tensor = Tensor.allocate(arena, info.dtype(), info.shape());
                float[] values = new float[(int) tensor.elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextFloat() - .5f;
                }
                tensor.setFloats(values);
                inputs.put(info.name(), tensor);
            }
            session.outputs().forEach(i -> outputs.put(i.name(), Tensor.allocate(arena, i.dtype(), i.shape())));
            try (Binding binding = session.bind(inputs, outputs)) {
                answer(binding);
            }
        }
    }

    private static void answer(Binding binding) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            long[] nanos = new long[Integer.parseInt(line)];
            for (int i = 0; i < nanos.length; i++) {
                long before = System.nanoTime();
                binding.run();
                nanos[i] = System.nanoTime() - before;
            }
            Arrays.sort(nanos);
            System.out.println(nanos[nanos.length / 2] / 1e3 + " " + nanos[0] / 1e3);
            System.out.flush();
        }
    }
}
