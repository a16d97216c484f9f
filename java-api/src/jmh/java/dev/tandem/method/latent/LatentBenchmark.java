package dev.tandem.method.latent;

import dev.tandem.entropy.CdfTables;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * The latent map of a 224 px picture, [48, 28, 28], drawn from random priors, some 10 KB: rounded and coded into bands,
 * and decoded to evidence.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LatentBenchmark {
    private static final LatentShape SHAPE = new LatentShape(48, 28, 28);

    @Param({"native", "reference"})
    public String coder;

    private final Arena arena = Arena.ofConfined();
    private LatentCodec codec;
    private MemorySegment latent;
    private List<Slice> slices;

    @Setup
    public void setUp() {
        CdfTables tables = RandomLatents.tables(3, SHAPE.channels());
        if (coder.equals("native") && !NativeLibrary.get().available()) {
            throw new IllegalStateException("libtandem is not there: " + NativeLibrary.get().reasons());
        }
        latent = arena.allocateFrom(ValueLayout.JAVA_FLOAT, RandomLatents.values(tables, SHAPE, 4));
        codec = coder.equals("native")
                ? new LatentCodec(tables, SHAPE, MemoryAccount.process().owner("bench"))
                : LatentCodec.plain(tables, SHAPE);
        slices = new ArrayList<>();
        encode().forEach(bytes -> slices.add(new Slice(slices.size(), 0, bytes)));
        float[] back = decode().values();
        int[] symbols = LatentSymbols.of(latent);
        List<byte[]> reference = LatentCodec.plain(tables, SHAPE).encode(symbols, 1, SliceLimits.defaults());
        if (!Arrays.deepEquals(reference.toArray(), encode().toArray())) {
            throw new IllegalStateException("not the reference's bytes");
        }
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] != back[i]) {
                throw new IllegalStateException("value [" + i + "] did not come back");
            }
        }
    }

    @Benchmark
    public List<byte[]> encode() {
        return codec.encode(latent, 1, SliceLimits.defaults());
    }

    @Benchmark
    public LatentMap decode() {
        LatentDecoding decoding = new LatentDecoding(codec, 1, "rung", slices.size());
        decoding.add(slices);
        return decoding.evidence();
    }

    @TearDown
    public void tearDown() {
        codec.close();
        arena.close();
    }
}
