package dev.tandem.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.entropy.Allocation;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What clustering a picture leaves for the collector: its result. */
class ClusterAllocationTest {
    @Test
    void clusteringAllocatesItsResult() {
        assumeTrue(NativeLibrary.get().available(),
                () -> "missing capability: libtandem " + NativeLibrary.get().reasons());
        int n = 64;
        int width = 32;
        int clusters = 8;
        SplittableRandom random = new SplittableRandom(7);
        float[] tokens = new float[n * width];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        try (Arena arena = Arena.ofConfined();
                TokenClusterer clusterer = TokenClusterer.best(new MemoryAccount("test", 1 << 20))) {
            Tensor from = Tensor.allocate(arena, DType.FLOAT32, n, width);
            Tensor merged = Tensor.allocate(arena, DType.FLOAT32, clusters, width);
            from.setFloats(tokens);
            long bound = 2 * Allocation.array(clusters, Integer.BYTES) + Allocation.array(n, Integer.BYTES) + 32
                    + Allocation.SLACK;
            long found = Allocation.perCall(() -> clusterer.cluster(from, clusters, 5, merged), bound, 40);
            assertTrue(found <= bound,
                    () -> "a call allocates [" + found + "] bytes, at most [" + bound + "] are allowed");
        }
    }
}
