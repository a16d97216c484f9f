package dev.tandem.cluster;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;

/**
 * Clusters of tokens in arrays, for comparisons.
 *
 * @param merged
 *            float32 [clusters, width], row major
 */
public record ArrayClusters(int[] centres, int[] assignment, float[] merged, float[] importance) {
    /** As {@link TokenClusterer#cluster}, of float32 [n, width], row major. */
    public static ArrayClusters of(TokenClusterer clusterer, float[] tokens, int n, int width, int clusters,
            int neighbours) {
        try (Arena arena = Arena.ofConfined()) {
            Tensor from = Tensor.allocate(arena, DType.FLOAT32, n, width);
            Tensor merged = Tensor.allocate(arena, DType.FLOAT32, Math.max(0, clusters), width);
            from.setFloats(tokens);
            Clusters found = clusterer.cluster(from, clusters, neighbours, merged);
            return new ArrayClusters(found.centres(), found.assignment(), merged.toFloats(), found.importance());
        }
    }
}
