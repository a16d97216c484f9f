package dev.tandem.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeDpcKnnTest extends TokenClustererContract {
    private final MemoryAccount memory = new MemoryAccount("test", 1 << 30);

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(NativeLibrary.get().available(),
                () -> "missing capability: libtandem " + NativeLibrary.get().reasons());
    }

    @Override
    protected TokenClusterer clusterer() {
        return new NativeDpcKnn(false, memory);
    }

    @Test
    void isChosenAndItsOwnersAccountCountsWhatItKeeps() {
        TokenClusterer best = TokenClusterer.best(memory);
        assertInstanceOf(NativeDpcKnn.class, best);
        assertEquals(0, memory.reservedBytes());
        ArrayClusters.of(best, separated(200, 16, 4, 1), 200, 16, 4, 5);
        long kept = memory.owners().get("cluster").bytes();
        assertTrue(kept >= 2 * 200 * 200, "keeps [" + kept + "] bytes");
        ArrayClusters.of(best, separated(200, 16, 4, 2), 200, 16, 4, 5);
        assertEquals(kept, memory.reservedBytes());
        best.close();
        best.close();
        assertEquals(0, memory.reservedBytes());
        assertThrows(IllegalStateException.class, () -> ArrayClusters.of(best, new float[4], 2, 2, 1, 1));
    }

    @Test
    void givesExactlyTheReferencesClustersOnSeparatedTokens() {
        TokenClusterer mine = clusterer();
        for (int seed = 0; seed < 10; seed++) {
            int groups = 5 + seed;
            float[] tokens = separated(200, 96, groups, seed);
            ArrayClusters wanted = ArrayClusters.of(TokenClusterer.reference(), tokens, 200, 96, groups, 5);
            same(wanted, ArrayClusters.of(mine, tokens, 200, 96, groups, 5));
            ArrayClusters rounded = ArrayClusters.of(new NativeDpcKnn(true, memory), tokens, 200, 96, groups, 5);
            assertArrayEquals(wanted.centres(), rounded.centres());
        }
    }

    /** Near-ties may fall otherwise; on noise, where all distances are alike, hardly any does. */
    @Test
    void agreesWithTheReferenceOnNoise() {
        TokenClusterer mine = clusterer();
        int centres = 0;
        int assigned = 0;
        int pictures = 20;
        for (int seed = 0; seed < pictures; seed++) {
            float[] tokens = normal(196 * 64, seed);
            ArrayClusters wanted = ArrayClusters.of(TokenClusterer.reference(), tokens, 196, 64, 16, 5);
            ArrayClusters found = ArrayClusters.of(mine, tokens, 196, 64, 16, 5);
            centres += (int) IntStream.range(0, 16).filter(c -> wanted.centres()[c] == found.centres()[c]).count();
            assigned += (int) IntStream.range(0, 196)
                    .filter(i -> wanted.assignment()[i] == found.assignment()[i]).count();
            assertArrayEquals(wanted.importance(), found.importance(), 1e-5f);
        }
        assertTrue(centres >= 0.99 * 16 * pictures, "centres alike [" + centres + "]");
        assertTrue(assigned >= 0.98 * 196 * pictures, "assignments alike [" + assigned + "]");
    }

    @Test
    void keepsItsScratchFromCallToCallWhateverTheShapes() {
        TokenClusterer mine = clusterer();
        int[][] shapes = {{30, 40, 6}, {5, 7, 2}, {60, 50, 9}, {60, 50, 9}, {1, 1, 1}, {30, 40, 6}};
        for (int[] s : shapes) {
            float[] tokens = separated(s[0], s[1], s[2], 1);
            same(ArrayClusters.of(TokenClusterer.reference(), tokens, s[0], s[1], s[2], 3),
                    ArrayClusters.of(mine, tokens, s[0], s[1], s[2], 3));
        }
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        TokenClusterer mine = clusterer();
        Callable<Void> many = () -> {
            for (int seed = 0; seed < 20; seed++) {
                float[] tokens = separated(40 + seed, 24, 6, seed);
                same(ArrayClusters.of(TokenClusterer.reference(), tokens, 40 + seed, 24, 6, 4),
                        ArrayClusters.of(mine, tokens, 40 + seed, 24, 6, 4));
            }
            return null;
        };
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : pool.invokeAll(List.of(many, many, many, many))) {
                done.get();
            }
        }
    }

    private static void same(ArrayClusters wanted, ArrayClusters found) {
        assertArrayEquals(wanted.centres(), found.centres());
        assertArrayEquals(wanted.assignment(), found.assignment());
        assertArrayEquals(wanted.merged(), found.merged(), 1e-4f);
        assertEquals(wanted.importance().length, found.importance().length);
        for (int c = 0; c < wanted.importance().length; c++) {
            float most = 1e-5f * Math.max(1, Math.abs(wanted.importance()[c]));
            assertTrue(wanted.importance()[c] == found.importance()[c]
                    || Math.abs(wanted.importance()[c] - found.importance()[c]) <= most);
        }
    }

    /** Groups far apart, each with a spread of its own, so that no two importances are alike. */
    private static float[] separated(int n, int width, int groups, long seed) {
        float[] heads = normal(groups * width, seed);
        float[] tokens = normal(n * width, seed + 1000);
        for (int i = 0; i < tokens.length; i++) {
            int group = i / width % groups;
            float head = 10 * (1 + group) * heads[group * width + i % width];
            tokens[i] = head + 0.3f * (1 + (float) group / groups) * tokens[i];
        }
        return tokens;
    }

    private static float[] normal(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
