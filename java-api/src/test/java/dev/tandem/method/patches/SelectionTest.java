package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static final double[] SCORES = {0.125, 0.5, 0.25, 0.125};

    private static double[] drawn(int patches, long seed) {
        Random random = new Random(seed);
        float[] row = new float[patches];
        for (int i = 0; i < patches; i++) {
            row[i] = (float) Math.exp(3 * random.nextGaussian());
        }
        return Scores.of(row, patches);
    }

    private static String chosen(Rule rule, double amount) {
        return Arrays.toString(Selection.of(rule, SCORES, amount, 1));
    }

    /** Running sums 0.5, 0.75, 0.875, 1 in the order 1, 2, 0, 3. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"SUM | 0.75 | [1, 2]", "SUM | 0.74 | [1]", "SUM | 0.76 | [1, 2]",
            "SUM | 0.875 | [1, 2, 0]", "SUM | 0.4 | [1]", "SUM | 0 | [1]", "SUM | 1 | [1, 2, 0, 3]",
            "SUM_OVER | 0.75 | [1, 2, 0]", "SUM_OVER | 0.74 | [1, 2]", "SUM_OVER | 0.4 | [1]", "SUM_OVER | 0 | [1]",
            "SUM_OVER | 0.875 | [1, 2, 0, 3]", "SUM_OVER | 1 | [1, 2, 0, 3]", "TOP | 1 | [1]", "TOP | 3 | [1, 2, 0]",
            "TOP | 4 | [1, 2, 0, 3]", "THRESHOLD | 0.125 | [1, 2, 0, 3]", "THRESHOLD | 0.126 | [1, 2]",
            "THRESHOLD | 0.5 | [1]", "THRESHOLD | 0.9 | [1]", "THRESHOLD | 0 | [1, 2, 0, 3]"})
    void rulesByHand(Rule rule, double amount, String expected) {
        assertEquals(expected, chosen(rule, amount));
    }

    @Test
    void tiesGoToTheLowerPatch() {
        double[] alike = new double[9];
        Arrays.fill(alike, 1.0 / 9);
        assertArrayEquals(new int[]{0, 1, 2}, Selection.of(Rule.TOP, alike, 3, 0));
        assertArrayEquals(new int[]{2, 0, 1}, Selection.of(Rule.TOP, new double[]{0.2, 0.2, 0.6}, 3, 0));
    }

    /** A running sum of rounded numbers passes 1 here, and never reaches it there: 1 keeps all all the same. */
    @Property
    void theWholeShareKeepsAllPatches(@ForAll @IntRange(min = 1, max = 256) int patches, @ForAll long seed) {
        double[] scores = drawn(patches, seed);
        for (Rule rule : new Rule[]{Rule.SUM, Rule.SUM_OVER}) {
            int[] all = Selection.of(rule, scores, 1, 0);
            assertEquals(patches, all.length);
            assertEquals(patches, Arrays.stream(all).distinct().count());
        }
    }

    @Test
    void aSumOfRoundedScoresDoesPassOne() {
        boolean passed = false;
        for (long seed = 0; seed < 200 && !passed; seed++) {
            double sum = 0;
            for (int i : Selection.of(Rule.TOP, drawn(196, seed), 196, 0)) {
                sum += drawn(196, seed)[i];
            }
            passed = sum > 1;
        }
        assertTrue(passed, "else the rule about 1 is not tested");
    }

    @Property
    void bothBoundariesDifferByThePatchThatCrosses(@ForAll @IntRange(min = 1, max = 256) int patches,
            @ForAll @DoubleRange(min = 0, max = 0.99) double amount, @ForAll long seed) {
        double[] scores = drawn(patches, seed);
        int[] out = Selection.of(Rule.SUM, scores, amount, 0);
        int[] in = Selection.of(Rule.SUM_OVER, scores, amount, 0);
        double sum = IntStream.of(out).mapToDouble(i -> scores[i]).sum();
        if (sum > amount + 1e-9) {
            assertEquals(1, out.length, "only the one patch that is always sent may exceed it");
            assertArrayEquals(out, in);
        } else {
            assertEquals(Math.min(patches, out.length + 1), in.length);
            assertArrayEquals(out, Arrays.copyOf(in, out.length));
        }
        for (int i = 1; i < in.length; i++) {
            assertTrue(scores[in[i - 1]] >= scores[in[i]]);
        }
    }

    @Property
    void chanceGivesEachPatchOnceAndTheSameForTheSamePicture(@ForAll @IntRange(min = 1, max = 256) int patches,
            @ForAll @IntRange(min = 1, max = 256) int amount, @ForAll long seed) {
        double[] scores = drawn(patches, 1);
        int[] chosen = Selection.of(Rule.RANDOM, scores, Math.min(amount, patches), seed);
        assertEquals(Math.min(amount, patches), Arrays.stream(chosen).distinct().filter(i -> i < patches).count());
        assertArrayEquals(chosen, Selection.of(Rule.RANDOM, scores, Math.min(amount, patches), seed));
    }

    /** Each patch about as often as another, whatever its score. */
    @Test
    void chanceDoesNotLookAtScores() {
        int[] counts = new int[10];
        for (long seed = 0; seed < 5000; seed++) {
            for (int i : Selection.of(Rule.RANDOM, drawn(10, 3), 3, seed)) {
                counts[i]++;
            }
        }
        for (int count : counts) {
            assertEquals(1500, count, 150);
        }
        assertFalse(Arrays.equals(Selection.of(Rule.RANDOM, drawn(196, 3), 50, 1),
                Selection.of(Rule.RANDOM, drawn(196, 3), 50, 2)));
    }
}
