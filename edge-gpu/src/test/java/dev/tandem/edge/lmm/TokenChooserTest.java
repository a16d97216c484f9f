package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenChooserTest {
    private static final float[] LOGITS = {-1, 2, 0.5f, 2, -30, 1};

    @Test
    void greedyTakesTheHighestAndTheLowerIdOnATie() {
        assertEquals(1, new TokenChooser(Sampling.greedy(1)).choose(LOGITS));
        assertEquals(0, TokenChooser.greedy(new float[]{-0f, 0f}));
    }

    @Test
    void aLogitThatIsNotANumberIsAnError() {
        float[] logits = {1, Float.NaN};
        assertThrows(ArithmeticException.class, () -> TokenChooser.greedy(logits));
        assertThrows(ArithmeticException.class,
                () -> new TokenChooser(Sampling.drawn(1, 0, 1, 1, 1)).choose(logits));
    }

    @Test
    void oneCandidateIsTheGreedyOne() {
        assertEquals(1, new TokenChooser(Sampling.drawn(5, 1, 1, 3, 1)).choose(LOGITS));
        assertEquals(1, new TokenChooser(Sampling.drawn(5, 0, 1e-6f, 3, 1)).choose(LOGITS));
    }

    @Test
    void frequenciesFollowTheSoftmax() {
        int[] counts = draw(Sampling.drawn(1, 0, 1, 5, 1), 20_000);
        double sum = 0;
        for (float logit : LOGITS) {
            sum += Math.exp(logit);
        }
        for (int i = 0; i < LOGITS.length; i++) {
            assertEquals(Math.exp(LOGITS[i]) / sum, counts[i] / 20_000.0, 0.015);
        }
    }

    @Test
    void topKAndTopPKeepTheLikeliest() {
        int[] three = draw(Sampling.drawn(1, 3, 1, 5, 1), 2_000);
        assertTrue(three[1] > 0 && three[3] > 0 && three[5] > 0);
        assertEquals(2_000, three[1] + three[3] + three[5]);
        int[] nucleus = draw(Sampling.drawn(1, 0, 0.7f, 5, 1), 2_000);
        assertEquals(2_000, nucleus[1] + nucleus[3]);
    }

    @Test
    void theLikeliestAreTheTopOfAFullSort() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 200; round++) {
            long[] keys = random.longs(random.nextInt(1, 500), -100, 100).toArray();
            int k = random.nextInt(1, keys.length + 1);
            long[] expected = LongStream.of(keys).sorted().skip(keys.length - k).toArray();
            for (int i = 0, j = k - 1; i < j; i++, j--) {
                long swap = expected[i];
                expected[i] = expected[j];
                expected[j] = swap;
            }
            assertArrayEquals(expected, Likeliest.of(keys, k), Arrays.toString(keys) + " " + k);
        }
    }

    private static int[] draw(Sampling sampling, int times) {
        TokenChooser chooser = new TokenChooser(sampling);
        int[] counts = new int[LOGITS.length];
        for (int i = 0; i < times; i++) {
            counts[chooser.choose(LOGITS)]++;
        }
        return counts;
    }
}
