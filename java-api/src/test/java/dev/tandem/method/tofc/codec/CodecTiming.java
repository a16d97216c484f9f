package dev.tandem.method.tofc.codec;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.tandem.cluster.ArrayClusters;
import dev.tandem.cluster.TokenClusterer;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints what CPU time the plain Java reference takes for one picture, best of 20 after 5 to warm up, results checked
 * first. Figures in docs/results/codec.md.
 */
public final class CodecTiming {
    /** CPU time, so that a busy machine does not matter much. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CodecTiming() {
    }

    /** No arguments. */
    public static void main(String[] args) {
        System.out.println(System.getProperty("os.arch") + " " + Runtime.version() + ", plain Java, CPU time");
        cluster(256, 384);
        cluster(729, 1152);
        OperatingStep step = new OperatingStep(1, 0.5f, 0);
        CodecModel model = RandomCodecModels.create(7, 16, 384, 24, 15, step);
        SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
        TokenLatents latents = RandomCodecModels.latents(model, step, 1, 16);
        List<byte[]> slices = codec.encode(latents, step, SliceLimits.defaults());
        int bytes = slices.stream().mapToInt(s -> s.length).sum();
        int tokens = slices.stream().mapToInt(s -> codec.decode(s).count()).sum();
        if (tokens != 16) {
            throw new AssertionError("16 tokens came back as [" + tokens + "]");
        }
        time("encode 16 x 384, " + bytes + " bytes", () -> codec.encode(latents, step, SliceLimits.defaults()));
        time("decode 16 x 384, " + bytes + " bytes", () -> slices.forEach(codec::decode));
        int[] out = new int[384];
        time("hyper-synthesis, 16 tokens", () -> {
            for (int t = 0; t < 16; t++) {
                model.hyper().run(latents.experts()[t], latents.z(), t * 24, out, new int[384], 0);
            }
        });
    }

    private static void cluster(int n, int width) {
        SplittableRandom random = new SplittableRandom(1);
        float[] tokens = new float[n * width];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextDouble(-1, 1);
        }
        TokenClusterer clusterer = TokenClusterer.reference();
        Runnable task = () -> ArrayClusters.of(clusterer, tokens, n, width, 16, 5);
        if (Arrays.stream(ArrayClusters.of(clusterer, tokens, n, width, 16, 5).assignment()).distinct().count() != 16) {
            throw new AssertionError("16 clusters were asked for");
        }
        time("DPC-KNN " + n + " x " + width + " into 16", task);
    }

    private static void time(String what, Runnable task) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 25; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            task.run();
            best = i < 5 ? best : Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        System.out.printf("%-28s %8.2f ms%n", what, NANOSECONDS.toMicros(best) / 1000.0);
    }
}
