package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.MemoryAccount;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
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
 * Means, table rows and symbols of one picture's tokens, by the reference and by libtandem; add {@code -prof gc} for
 * the bytes allocated a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class HyperBenchmark {
    private static final int EXPERTS = 16;

    /** Which implementation. */
    @Param({"reference", "native"})
    public String by;

    /** Tokens, values of a token, symbols of a hyper-latent. */
    @Param({"16x384x24", "112x1152x72"})
    public String shape;

    private HyperSynthesis hyper;
    private Quantiser quantiser;
    private int[] experts;
    private int[] z;
    private short[] means;
    private char[] rows;
    private float[] values;
    private int[] symbols;

    /** Makes the network and the tokens, and compares the two implementations. */
    @Setup(Level.Trial)
    public void make() {
        String[] sizes = shape.split("x");
        int tokens = Integer.parseInt(sizes[0]);
        int width = Integer.parseInt(sizes[1]);
        int hyperWidth = Integer.parseInt(sizes[2]);
        byte[] file = RandomHyper.file(1, EXPERTS, width, hyperWidth, 20);
        boolean reference = by.equals("reference");
        ReferenceHyperSynthesis oracle = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
        hyper = reference ? oracle : HyperSynthesis.best(oracle, MemoryAccount.process().owner("bench"));
        quantiser = reference ? new ReferenceQuantiser() : Quantiser.best();
        if (!reference && hyper instanceof ReferenceHyperSynthesis) {
            throw new IllegalStateException("libtandem is missing: name its directory with -Dtandem.native.dir");
        }
        SplittableRandom random = new SplittableRandom(2);
        experts = random.ints(tokens, 0, EXPERTS).toArray();
        z = random.ints((long) tokens * hyperWidth, -6, 7).toArray();
        means = new short[tokens * width];
        rows = new char[means.length];
        values = new float[means.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-10, 10);
        }
        symbols = new int[means.length];
        char[] expected = new char[rows.length];
        oracle.scales(experts, z, 3, 385, means, expected);
        hyper.scales(experts, z, 3, 385, means, rows);
        if (!java.util.Arrays.equals(expected, rows)) {
            throw new IllegalStateException("results differ from the reference's");
        }
    }

    /** Gives the network's memory back. */
    @TearDown(Level.Trial)
    public void close() {
        hyper.close();
    }

    /** Hyper-synthesis and table rows. */
    @Benchmark
    public char[] scales() {
        hyper.scales(experts, z, 3, 385, means, rows);
        return rows;
    }

    /** Values to symbols. */
    @Benchmark
    public int[] quantise() {
        quantiser.quantise(MemorySegment.ofArray(values), means, 8, 0.35f, symbols);
        return symbols;
    }

    /** Symbols to values. */
    @Benchmark
    public float[] dequantise() {
        quantiser.dequantise(symbols, means, 8, 0.35f, values);
        return values;
    }
}
