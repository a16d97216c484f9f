package dev.tandem.cluster;

import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.NativeUnavailableException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;

/**
 * DPC-KNN by libtandem. The same clusters as {@link DpcKnn} except where two importances or distances are nearer to one another than float32 sums can tell. Safe for several threads;
 * each call running at once has a scratch of its own, of 4 * n * width bytes for the tokens and about 2 * n * n for the distances, and allocates nothing but its result.
 */
final class NativeDpcKnn implements TokenClusterer {
    private static final int MOST_IDLE = Runtime.getRuntime().availableProcessors();

    private final int options;
    private final ArrayDeque<DpcKnnScratch> idle = new ArrayDeque<>();

    /**
     * @param bf16 round tokens to bfloat16 for their distances
     * @throws NativeUnavailableException if there is no libtandem
     */
    NativeDpcKnn(boolean bf16) {
        if (!NativeLibrary.get().available()) {
            throw new NativeUnavailableException("clustering by libtandem", NativeLibrary.get().reasons());
        }
        options = bf16 ? DpcKnnFunctions.BF16 : 0;
    }

    @Override
    public Clusters cluster(float[] tokens, int n, int width, int clusters, int neighbours) {
        ClusterChecks.shapes(tokens, n, width, clusters, neighbours);
        DpcKnnScratch scratch = take();
        try {
            scratch.fit(n, width, clusters, neighbours, options);
            MemorySegment.copy(tokens, 0, scratch.tokens, ValueLayout.JAVA_FLOAT, 0, tokens.length);
            int status = DpcKnnFunctions.cluster(scratch, n, width, clusters, neighbours, options);
            if (status == NativeStatus.OUT_OF_RANGE.code()) {
                long at = scratch.where.get(ValueLayout.JAVA_LONG, 0);
                throw at < 0 ? ClusterChecks.overflow(n) : ClusterChecks.notFinite(tokens, width, (int) at);
            }
            if (status != NativeStatus.OK.code()) {
                NativeStatus.check(status, "cluster [" + n + "] tokens of width [" + width + "]");
            }
            return result(scratch, n, width, clusters);
        } finally {
            give(scratch);
        }
    }

    private static Clusters result(DpcKnnScratch scratch, int n, int width, int clusters) {
        int[] centres = new int[clusters];
        int[] assignment = new int[n];
        float[] merged = new float[clusters * width];
        float[] importance = new float[clusters];
        MemorySegment.copy(scratch.centres, ValueLayout.JAVA_INT, 0, centres, 0, clusters);
        MemorySegment.copy(scratch.assignment, ValueLayout.JAVA_INT, 0, assignment, 0, n);
        MemorySegment.copy(scratch.merged, ValueLayout.JAVA_FLOAT, 0, merged, 0, merged.length);
        MemorySegment.copy(scratch.importance, ValueLayout.JAVA_FLOAT, 0, importance, 0, clusters);
        return new Clusters(centres, assignment, merged, importance);
    }

    private DpcKnnScratch take() {
        synchronized (idle) {
            DpcKnnScratch scratch = idle.pollLast();
            return scratch == null ? new DpcKnnScratch() : scratch;
        }
    }

    private void give(DpcKnnScratch scratch) {
        synchronized (idle) {
            if (idle.size() < MOST_IDLE) {
                idle.addLast(scratch);
                return;
            }
        }
        scratch.close();
    }
}
