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
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time to attach one tensor, as a decoder does with 60 inputs and 60 outputs for each token. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RebindBenchmark {
    private static final int PLACES = 120;

    private final Map<String, Tensor> inputs = new HashMap<>();
    private final Map<String, Tensor> outputs = new HashMap<>();
    private Arena arena;
    private Engine engine;
    private Session session;
    private Binding binding;

    @Setup(Level.Trial)
    public void open() {
        arena = Arena.ofConfined();
        engine = Engines.select("onnx").create(EngineSettings.defaults().withThreads(1));
        session = engine.open(GraphFile.of(Graphs.path("cache")));
        for (TensorInfo out : session.outputs()) {
            inputs.put(out.name().replace("present", "past_key_values"),
                    Tensor.allocate(arena, DType.FLOAT32, 1, 3, 100, 64));
            outputs.put(out.name(), Tensor.allocate(arena, DType.FLOAT32, 1, 3, 101, 64));
        }
        Map<String, Tensor> all = new HashMap<>(inputs);
        all.put("new", Tensor.allocate(arena, DType.FLOAT32, 1, 3, 1, 64));
        binding = session.bind(all, outputs);
        binding.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
        engine.close();
        arena.close();
    }

    @Benchmark
    @OperationsPerInvocation(PLACES)
    public void rebind() {
        inputs.forEach((name, tensor) -> binding.rebindInput(name, tensor.prefix(1, 3, 99, 64)));
        outputs.forEach((name, tensor) -> binding.rebindOutput(name, tensor.prefix(1, 3, 100, 64)));
    }
}
