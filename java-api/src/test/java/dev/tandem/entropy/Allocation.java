package dev.tandem.entropy;

import com.sun.management.ThreadMXBean;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Bytes that this thread allocates for a call of the public API once it is warm, against the bytes of what the call
 * returns; the counter is the JVM's own, which JMH's {@code -prof gc} reads too. No arguments. Figures in
 * docs/results/kernels.md.
 */
public final class Allocation {
    /** For tests: one small object more, where other tests in the same process made the compiler inline less. */
    public static final long SLACK = 48;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM = 20_000;
    private static final int CALLS = 2_000;
    private static final int HEADER = 16;

    private Allocation() {
    }

    /** See the class. */
    public static void main(String[] args) {
        System.out.println("Java " + Runtime.version() + ", " + NativeLibrary.get());
        OperatingStep step = new OperatingStep(1, 0.5f, 0);
        CodecModel model = model(step);
        SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
        TokenLatents latents = RandomCodecModels.latents(model, step, 1, 16);
        List<byte[]> slices = codec.encode(latents, step, SliceLimits.defaults());
        print("encode 16 tokens", perCall(() -> codec.encode(latents, step, SliceLimits.defaults())),
                returned(slices));
        print("decode them, slice by slice", perCall(() -> slices.forEach(codec::decode)), decoded(slices, codec));
        print("decode them at once", perCall(() -> codec.decodeAll(slices)), decoded(slices, codec));
        short[] mean = new short[16 * model.tokenWidth()];
        char[] rows = new char[mean.length];
        print("hyper-synthesis of 16 tokens",
                perCall(() -> codec.hyper().scales(latents.experts(), latents.z(), 0, 0, mean, rows)), 0);
        System.out.println("off the heap: " + MemoryAccount.process().reservedBytes() + " bytes held, unchanged by "
                + CALLS + " more calls: " + unchanged(codec, latents, step));
    }

    public static CodecModel model(OperatingStep step) {
        CdfTables tables = RandomCodecModels.tables(7, 16, 24);
        ReferenceHyperSynthesis hyper = ReferenceHyperSynthesis
                .read(java.nio.ByteBuffer.wrap(RandomCodecModels.hyperFile(7, 16, 384, 24, 15)));
        return new CodecModel(tables, hyper, List.of(step));
    }

    /** Median-free: the count is exact once everything is compiled. */
    private static long perCall(Runnable call) {
        for (int i = 0; i < WARM; i++) {
            call.run();
        }
        return perCall(call, 0, 5);
    }

    /**
     * The least bytes that a call allocated on average over {@value #CALLS} calls, of so many rounds of them, or until
     * it is at most enough: a busy machine compiles late.
     */
    public static long perCall(Runnable call, long enough, int rounds) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds && least > enough; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return least;
    }

    public static long returned(List<byte[]> slices) {
        return slices.stream().mapToLong(slice -> array(slice.length, 1)).sum();
    }

    private static long decoded(List<byte[]> slices, SliceCodec codec) {
        return slices.stream().map(codec::decode).mapToLong(slice -> array(slice.values().length, Float.BYTES)).sum();
    }

    /** Bytes of an array, with compressed class pointers. */
    public static long array(long elements, int bytes) {
        return HEADER + elements * bytes + 7 & ~7L;
    }

    private static boolean unchanged(SliceCodec codec, TokenLatents latents, OperatingStep step) {
        long before = MemoryAccount.process().reservedBytes();
        for (int i = 0; i < CALLS; i++) {
            codec.decodeAll(codec.encode(latents, step, SliceLimits.defaults()));
        }
        return MemoryAccount.process().reservedBytes() == before;
    }

    private static void print(String what, long allocated, long returned) {
        System.out.printf(Locale.ROOT, "%-30s %,9d bytes a call; its arrays hold %,9d, the rest is %,d%n", what,
                allocated,
                returned, allocated - returned);
    }
}
