package dev.tandem.engine.onnx;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one bound run with one thread: {@code tiny} does next to nothing, so it shows what the binding costs; {@code
 * product} is work of about a millisecond. {@code binding_overhead.py} beside this folder runs the same graphs in the
 * Python wheel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class BindingBenchmark {
    @Param({"tiny", "product"})
    private String graph;

    private Arena arena;
    private Engine engine;
    private Session session;
    private Binding binding;

    @Setup(Level.Trial)
    public void open() {
        EngineProvider provider = Engines.select("onnx");
        System.out.println("path: " + provider.availability().reason() + ", 1 thread");
        arena = Arena.ofConfined();
        engine = provider.create(EngineSettings.defaults().withThreads(1));
        session = engine.open(GraphFile.of(Graphs.path(graph)));
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
        binding = session.bind(inputs, outputs);
        binding.run();
        check(inputs, outputs);
    }

    /** The first element by hand: a benchmark of a wrong result is worth nothing. */
    private void check(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        double expected = 0;
        if (graph.equals("tiny")) {
            expected = inputs.get("a").toFloats()[0] + inputs.get("b").toFloats()[0];
        } else {
            float[] x = inputs.get("x").toFloats();
            float[] w = inputs.get("w").toFloats();
            for (int k = 0; k < 768; k++) {
                expected += (double) x[k] * w[k * 768];
            }
            expected = Math.tanh(expected);
        }
        float[] found = outputs.values().iterator().next().toFloats();
        if (!(Math.abs(found[0] - expected) < 1e-3)) {
            throw new IllegalStateException(
                    "wrong result: expected [" + expected + "], found " + Arrays.toString(Arrays.copyOf(found, 4)));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
        engine.close();
        arena.close();
    }

    @Benchmark
    public void run() {
        binding.run();
    }
}
