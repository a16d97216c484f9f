package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScoresTest {
    /** Two heads whose rows lack the class token's own share: 0.8 and 0.4 are left of each. */
    @Test
    void meanOverHeadsMadeToSumToOne() {
        float[] heads = {0.5f, 0.25f, 0.0f, 0.05f, /**/ 0.1f, 0.1f, 0.2f, 0.0f};
        double[] scores = Scores.of(heads, 4);
        assertArrayEquals(new double[]{0.6 / 1.2, 0.35 / 1.2, 0.2 / 1.2, 0.05 / 1.2}, scores, 1e-7);
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        assertEquals(1, sum, 1e-12);
    }

    /** A head counts by how much it looks at patches, as the mean before normalising has it. */
    @Test
    void normalisesAfterTheMeanAndNotBefore() {
        assertArrayEquals(new double[]{0.9, 0.1}, Scores.of(new float[]{0.9f, 0, 0, 0.1f}, 2), 1e-7);
    }

    @Test
    void aRolloutIsOneRow() {
        assertArrayEquals(new double[]{0.75, 0, 0.25}, Scores.of(new float[]{30, 0, 10}, 3), 1e-15);
    }

    @Test
    void allAlikeWhereNothingWasLookedAt() {
        assertArrayEquals(new double[]{0.25, 0.25, 0.25, 0.25}, Scores.of(new float[8], 4), 0);
    }

    @Test
    void refusesWhatNoSoftmaxGives() {
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY, -1e-9f}) {
            assertThrows(IllegalStateException.class, () -> Scores.of(new float[]{1, bad}, 2));
        }
    }
}
