package dev.tandem.cluster;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Clustering by libtandem and by plain Java on normal noise; run with {@code -prof gc} it shows that a call allocates
 * its result and no more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class ClusterBenchmark {
    @Param({"8x4to2", "256x384to16", "576x1024to64", "729x1152to16"})
    private String shape;

    private int clusters;
    private CountedArena arena;
    private Tensor tokens;
    private Tensor merged;
    private TokenClusterer libtandem;
    private final TokenClusterer java = TokenClusterer.reference();

    @Setup
    public void setUp() {
        String[] parts = shape.split("x|to");
        int n = Integer.parseInt(parts[0]);
        int width = Integer.parseInt(parts[1]);
        clusters = Integer.parseInt(parts[2]);
        MemoryAccount memory = MemoryAccount.process().owner("bench");
        libtandem = new NativeDpcKnn(false, memory);
        arena = CountedArena.shared(memory);
        tokens = Tensor.allocate(arena, DType.FLOAT32, n, width);
        merged = Tensor.allocate(arena, DType.FLOAT32, clusters, width);
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[n * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        tokens.setFloats(values);
    }

    @TearDown
    public void tearDown() {
        libtandem.close();
        arena.close();
    }

    @Benchmark
    public Clusters libtandem() {
        return libtandem.cluster(tokens, clusters, 5, merged);
    }

    @Benchmark
    public Clusters java() {
        return java.cluster(tokens, clusters, 5, merged);
    }
}
