package dev.tandem.cluster;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.foreign.Pool;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * DPC-KNN by libtandem. The same clusters as {@link DpcKnn} except where two importances or distances are nearer to one
 * another than float32 sums can tell. Each call running at once has a scratch of its own, of about 2 * n * n bytes for
 * the distances, and allocates nothing but its result; a scratch above {@value #MOST_BYTES} bytes is not kept.
 */
final class NativeDpcKnn implements TokenClusterer {
    private static final String BF16_PROPERTY = "tandem.cluster.bf16";
    private static final int MOST_KEPT = Runtime.getRuntime().availableProcessors();
    private static final long MOST_BYTES = 64L << 20;

    private final int options;
    private final Pool<DpcKnnScratch> scratches;

    /**
     * @param bf16
     *            round tokens to bfloat16 for their distances
     * @param memory
     *            counts what is kept off the heap
     * @throws NativeUnavailableException
     *             if there is no libtandem
     */
    NativeDpcKnn(boolean bf16, MemoryAccount memory) {
        if (!NativeLibrary.get().available()) {
            throw new NativeUnavailableException("clustering by libtandem", NativeLibrary.get().reasons());
        }
        options = bf16 ? DpcKnnFunctions.BF16 : 0;
        scratches = new Pool<>(MOST_KEPT, MOST_BYTES, size -> new DpcKnnScratch(memory));
    }

    /** Whether the property asks for distances of tokens rounded to bfloat16: faster where the CPU has AMX. */
    static boolean bf16() {
        return Boolean.getBoolean(BF16_PROPERTY);
    }

    @Override
    public Clusters cluster(Tensor tokens, int clusters, int neighbours, Tensor merged) {
        ClusterChecks.shapes(tokens, clusters, neighbours, merged);
        DpcKnnScratch scratch = scratches.take();
        try {
            scratch.fit(tokens, clusters, neighbours, options);
            int status = DpcKnnFunctions.cluster(tokens, clusters, neighbours, options, merged, scratch);
            if (status == NativeStatus.OUT_OF_RANGE.code()) {
                long at = scratch.where.get(ValueLayout.JAVA_LONG, 0);
                throw at < 0 ? ClusterChecks.overflow(tokens) : ClusterChecks.notFinite(tokens, at);
            }
            if (status != NativeStatus.OK.code()) {
                NativeStatus.check(status, "cluster " + tokens + " into [" + clusters + "]");
            }
            return result(scratch, (int) tokens.dimension(0), clusters);
        } finally {
            scratches.give(scratch);
        }
    }

    private static Clusters result(DpcKnnScratch scratch, int n, int clusters) {
        int[] centres = new int[clusters];
        int[] assignment = new int[n];
        float[] importance = new float[clusters];
        MemorySegment.copy(scratch.centres, ValueLayout.JAVA_INT, 0, centres, 0, clusters);
        MemorySegment.copy(scratch.assignment, ValueLayout.JAVA_INT, 0, assignment, 0, n);
        MemorySegment.copy(scratch.importance, ValueLayout.JAVA_FLOAT, 0, importance, 0, clusters);
        return new Clusters(centres, assignment, importance);
    }

    @Override
    public void close() {
        scratches.close();
    }
}
