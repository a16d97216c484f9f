package dev.tandem.entropy;

import dev.tandem.foreign.MemoryAccount;
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
 * The entropy coder from Java: what a call costs when it has nothing to read ({@code stageOfNothing}), and whole
 * streams, one or sixteen side by side, over 64 Laplace tables. Compare with native/bench/rans_bench; allocation:
 * {@code -prof gc} (an encoder allocates the stream that it returns, nothing else is allocated).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RansBenchmark {
    private static final int COUNT = 16_384;

    @Param({"native", "reference"})
    public String coder;

    @Param({"1", "16"})
    public int streams;

    private RansCoder.Reader reader;
    private RansCoder.Reader idle;
    private RansCoder chosen;
    private RansCoder.Writer writer;
    private int[] none;
    private int[] counts;
    private char[][] rows;
    private int[][] values;
    private int[][] decoded;
    private byte[][] bytes;

    @Setup
    public void setUp() {
        double[] scales = LaplaceTables.logSpaced(64, 0.05, 64);
        int[][] cdf = new int[64][];
        int[] offsets = new int[64];
        for (int row = 0; row < 64; row++) {
            cdf[row] = LaplaceTables.row(scales[row]);
            offsets[row] = -LaplaceTables.centre(scales[row]);
        }
        CdfTables tables = CdfTables.of(cdf, offsets);
        chosen = coder.equals("native")
                ? RansCoder.of(tables, MemoryAccount.process().owner("bench"))
                : RansCoder.reference(tables);
        if (coder.equals("native") != chosen.toString().startsWith("libtandem")) {
            throw new IllegalStateException("libtandem is not there: build native/ and name it with tandem.native.dir");
        }
        reader = chosen.reader();
        idle = chosen.reader();
        writer = chosen.writer();
        none = new int[streams];
        counts = new int[streams];
        rows = new char[streams][COUNT];
        values = new int[streams][COUNT];
        decoded = new int[streams][COUNT];
        bytes = new byte[streams][];
        SplittableRandom random = new SplittableRandom(1);
        for (int s = 0; s < streams; s++) {
            counts[s] = COUNT;
            for (int i = 0; i < COUNT; i++) {
                rows[s][i] = (char) (5 + random.nextInt(40));
                values[s][i] = tables.symbolAt(rows[s][i], random.nextInt(65536)) + tables.offset(rows[s][i]);
            }
            writer.put(rows[s], 0, values[s], 0, COUNT);
            bytes[s] = writer.finish();
        }
        open(idle);
        decode();
        for (int s = 0; s < streams; s++) {
            if (reader.failure(s) != null || !java.util.Arrays.equals(values[s], decoded[s])) {
                throw new IllegalStateException("stream [" + s + "] did not come back", reader.failure(s));
            }
        }
    }

    @TearDown
    public void tearDown() {
        reader.close();
        idle.close();
        writer.close();
        chosen.close();
    }

    private void open(RansCoder.Reader to) {
        to.start(streams);
        for (int s = 0; s < streams; s++) {
            to.open(s, bytes[s], 0, bytes[s].length);
        }
    }

    @Benchmark
    public int stageOfNothing() {
        idle.get(none, rows, decoded);
        return idle.read(0);
    }

    @Benchmark
    public int decode() {
        open(reader);
        reader.get(counts, rows, decoded);
        reader.finish();
        return decoded[0][0];
    }

    @Benchmark
    public byte[] encode() {
        writer.put(rows[0], 0, values[0], 0, COUNT);
        return writer.finish();
    }
}
