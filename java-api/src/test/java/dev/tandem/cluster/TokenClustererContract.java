package dev.tandem.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every {@link TokenClusterer} must do; an implementation's test extends this and says how to make one. */
public abstract class TokenClustererContract {
    private static final float[] VECTOR = {0, 0, .2f, 0, 0, .2f, .2f, .2f, 3, 3, 3.1f, 3, 3, 3.2f, 6, 0};

    /** The implementation under test. */
    protected abstract TokenClusterer clusterer();

    private ArrayClusters cluster(float[] tokens, int n, int width, int clusters, int neighbours) {
        try (TokenClusterer mine = clusterer()) {
            return ArrayClusters.of(mine, tokens, n, width, clusters, neighbours);
        }
    }

    @Test
    void reproducesTheVectorByHand() {
        ArrayClusters clusters = cluster(VECTOR, 8, 2, 3, 3);
        assertArrayEquals(new int[]{4, 0, 1}, clusters.centres());
        assertArrayEquals(new int[]{1, 2, 1, 2, 0, 0, 0, 0}, clusters.assignment());
        assertArrayEquals(new float[]{3.775f, 2.3f, 0, .1f, .2f, .1f}, clusters.merged(), 1e-6f);
        // gamma = density * separation of points 4, 0 and 1
        float[] gamma = {.991701f * 4.244997f, .986755f * 3f, .986755f * .141421f};
        for (int c = 0; c < 3; c++) {
            assertEquals(gamma[c], Math.exp(clusters.importance()[c]), 1e-5);
        }
    }

    @Test
    void givesTheSameClustersForAnyOrderOfTokensWithoutTies() {
        int n = 40;
        int width = 7;
        float[] tokens = random(n * width, 1);
        ArrayClusters straight = cluster(tokens, n, width, 6, 5);
        for (int seed = 0; seed < 20; seed++) {
            int[] order = permutation(n, seed);
            float[] shuffled = new float[tokens.length];
            for (int i = 0; i < n; i++) {
                System.arraycopy(tokens, order[i] * width, shuffled, i * width, width);
            }
            ArrayClusters other = cluster(shuffled, n, width, 6, 5);
            for (int c = 0; c < 6; c++) {
                assertEquals(straight.centres()[c], order[other.centres()[c]]);
            }
            for (int i = 0; i < n; i++) {
                assertEquals(straight.assignment()[order[i]], other.assignment()[i]);
            }
            assertArrayEquals(straight.merged(), other.merged(), 1e-6f);
            assertArrayEquals(straight.importance(), other.importance());
        }
    }

    @Test
    void putsEveryTokenInTheClusterOfItsNearestCentre() {
        float[] tokens = random(60 * 9, 2);
        ArrayClusters clusters = cluster(tokens, 60, 9, 8, 4);
        for (int i = 0; i < 60; i++) {
            double mine = distance(tokens, 9, i, clusters.centres()[clusters.assignment()[i]]);
            for (int centre : clusters.centres()) {
                assertTrue(mine <= distance(tokens, 9, i, centre) + 1e-9);
            }
        }
        for (int c = 1; c < 8; c++) {
            assertTrue(clusters.importance()[c] <= clusters.importance()[c - 1]);
        }
    }

    @Test
    void takesTheLowerIndexWhenAllTokensAreEqual() {
        float[] tokens = new float[10 * 3];
        Arrays.fill(tokens, 1.5f);
        ArrayClusters clusters = cluster(tokens, 10, 3, 4, 5);
        assertArrayEquals(new int[]{0, 1, 2, 3}, clusters.centres());
        assertArrayEquals(new int[]{0, 1, 2, 3, 0, 0, 0, 0, 0, 0}, clusters.assignment());
        for (float v : clusters.merged()) {
            assertEquals(1.5f, v);
        }
        for (float v : clusters.importance()) {
            assertEquals(Float.NEGATIVE_INFINITY, v);
        }
    }

    @Test
    void keepsDuplicateCentresInTheirOwnClusters() {
        float[] tokens = {0, 0, 0, 5, 5};
        ArrayClusters clusters = cluster(tokens, 5, 1, 5, 2);
        int[] seen = clusters.assignment().clone();
        Arrays.sort(seen);
        assertArrayEquals(new int[]{0, 1, 2, 3, 4}, seen);
    }

    @Test
    void clustersOneTokenAndAllTokens() {
        ArrayClusters one = cluster(new float[]{3, 4}, 1, 2, 1, 5);
        assertArrayEquals(new float[]{3, 4}, one.merged());
        float[] tokens = random(12 * 4, 3);
        ArrayClusters all = cluster(tokens, 12, 4, 12, 100);
        for (int c = 0; c < 12; c++) {
            int from = all.centres()[c] * 4;
            assertArrayEquals(Arrays.copyOfRange(tokens, from, from + 4),
                    Arrays.copyOfRange(all.merged(), c * 4, c * 4 + 4));
        }
    }

    @Test
    void doesNotUnderflowForWideTokensFarApart() {
        float[] tokens = random(30 * 16, 4);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] *= 1000;
        }
        ArrayClusters clusters = cluster(tokens, 30, 16, 5, 5);
        for (float v : clusters.importance()) {
            assertTrue(Float.isFinite(v));
        }
    }

    @Test
    void refusesWhatItCannotCluster() {
        float[] tokens = random(5 * 2, 5);
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] broken = tokens.clone();
            broken[7] = bad;
            assertTrue(refusal(broken, 5, 2, 2, 2).contains("token [3] value [1] is [" + bad + "]"));
        }
        float[] huge = tokens.clone();
        huge[0] = 3e38f;
        assertTrue(refusal(huge, 5, 2, 2, 2).contains("overflows"));
        assertTrue(refusal(tokens, 5, 2, 6, 2).contains("cannot make [6] clusters of [5] tokens"));
        assertTrue(refusal(tokens, 5, 2, 0, 2).contains("[0] clusters"));
        assertTrue(refusal(tokens, 5, 2, 2, 0).contains("neighbour"));
        assertTrue(refusal(new float[0], 0, 2, 1, 2).contains("FLOAT32[0, 2]"));
    }

    @Test
    void refusesTensorsThatDoNotFit() {
        try (Arena arena = Arena.ofConfined(); TokenClusterer mine = clusterer()) {
            Tensor tokens = Tensor.allocate(arena, DType.FLOAT32, 6, 4);
            Tensor merged = Tensor.allocate(arena, DType.FLOAT32, 2, 4);
            mine.cluster(tokens, 2, 3, merged);
            List<Tensor> wrongMerged = List.of(Tensor.allocate(arena, DType.FLOAT32, 3, 4), merged.prefix(2, 3),
                    merged.reshape(2, 2, 2), Tensor.allocate(arena, DType.INT32, 2, 4), tokens.prefix(2, 4),
                    Tensor.wrap(merged.data(), MemoryKind.DEVICE, DType.FLOAT32, 2, 4));
            for (Tensor wrong : wrongMerged) {
                assertThrows(IllegalArgumentException.class, () -> mine.cluster(tokens, 2, 3, wrong));
            }
            List<Tensor> wrongTokens = List.of(tokens.reshape(24), tokens.reshape(1, 6, 4), tokens.reshape(8, 3),
                    Tensor.allocate(arena, DType.FLOAT16, 6, 4),
                    Tensor.wrap(tokens.data(), MemoryKind.DEVICE, DType.FLOAT32, 6, 4));
            for (Tensor wrong : wrongTokens) {
                assertThrows(IllegalArgumentException.class, () -> mine.cluster(wrong, 2, 3, merged));
            }
        }
    }

    @Test
    void mergesIntoMemoryRightBesideTheTokens() {
        try (Arena arena = Arena.ofConfined(); TokenClusterer mine = clusterer()) {
            MemorySegment all = arena.allocate(4 * (2 * 3 + 4 * 3 + 2 * 3), 64);
            Tensor tokens = Tensor.wrap(all.asSlice(24), DType.FLOAT32, 4, 3);
            tokens.setFloats(random(12, 6));
            Tensor before = Tensor.wrap(all, DType.FLOAT32, 2, 3);
            Tensor after = Tensor.wrap(all.asSlice(24 + 48), DType.FLOAT32, 2, 3);
            mine.cluster(tokens, 2, 2, before);
            mine.cluster(tokens, 2, 2, after);
            assertArrayEquals(before.toFloats(), after.toFloats());
            assertArrayEquals(random(12, 6), tokens.toFloats());
            for (int over : new int[]{4, 24, 24 + 44}) {
                Tensor on = Tensor.wrap(all.asSlice(over), DType.FLOAT32, 2, 3);
                assertThrows(IllegalArgumentException.class, () -> mine.cluster(tokens, 2, 2, on));
            }
        }
    }

    private String refusal(float[] tokens, int n, int width, int clusters, int neighbours) {
        return assertThrows(IllegalArgumentException.class,
                () -> cluster(tokens, n, width, clusters, neighbours)).getMessage();
    }

    private static double distance(float[] tokens, int width, int i, int j) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double d = tokens[i * width + k] - tokens[j * width + k];
            sum += d * d;
        }
        return Math.sqrt(sum / width);
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static int[] permutation(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
