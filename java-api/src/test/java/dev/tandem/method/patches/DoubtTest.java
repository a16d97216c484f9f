package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.labels.ClassLogits;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The measures by hand, and what their thresholds stand for. */
class DoubtTest {
    private static double[] drawn(int classes, double sharpness, long seed) {
        Random random = new Random(seed);
        float[] logits = new float[classes];
        for (int i = 0; i < classes; i++) {
            logits[i] = (float) (random.nextGaussian() * sharpness);
        }
        return new ClassLogits(Collections.nCopies(classes, "x"), logits, 1).probabilities();
    }

    @Test
    void valuesByHand() {
        double[] p = {0.125, 0.5, 0.25, 0.125};
        assertEquals(1, Doubt.MIN_ENTROPY.of(p), 1e-15);
        assertEquals(1.75, Doubt.SHANNON.of(p), 1e-15);
        assertEquals(0.25, Doubt.MARGIN.of(p), 1e-15);
        assertEquals(1.2515387669959643, Doubt.MIN_ENTROPY.of(new double[]{0.42, 0.38, 0.2}), 1e-12);
        assertEquals(0.04, Doubt.MARGIN.of(new double[]{0.42, 0.38, 0.2}), 1e-15);
        assertEquals(0, Doubt.MARGIN.of(new double[]{0.5, 0.5}), 0);
    }

    /** 0 log 0 is 0, which a float that underflowed needs; and a single class leaves no doubt. */
    @Test
    void survivesProbabilitiesOfNothing() {
        assertEquals(1, Doubt.SHANNON.of(new double[]{0, 0.5, 0, 0.5, 0}), 1e-15);
        assertEquals(0, Doubt.SHANNON.of(new double[]{0, 1}), 0);
        assertEquals(0, Doubt.MIN_ENTROPY.of(new double[]{0, 1}), 0);
        assertEquals(1, Doubt.MARGIN.of(new double[]{1}), 0);
        double[] underflowed = new ClassLogits(Collections.nCopies(3, "x"), new float[]{900, -900, -900}, 1)
                .probabilities();
        assertEquals(0, Doubt.SHANNON.of(underflowed), 0);
        assertTrue(Doubt.SHANNON.sure(underflowed, 0.01));
    }

    @Test
    void anEtaIsAProbability() {
        assertEquals(0.574, Math.pow(2, -0.8), 5e-4);
        for (double[] two : new double[][]{{0.573, 0.427}, {0.5743, 0.4257}, {0.575, 0.425}}) {
            assertEquals(two[0] > Math.pow(2, -0.8), Doubt.MIN_ENTROPY.sure(two, 0.8));
        }
        assertFalse(Doubt.MIN_ENTROPY.sure(new double[]{0.5, 0.5}, 1), "below, not at");
    }

    @Property
    void minEntropyBelowEtaIsTheGreatestProbabilityAboveTwoToTheMinusEta(
            @ForAll @IntRange(min = 1, max = 40) int classes, @ForAll @DoubleRange(min = 0, max = 6) double eta,
            @ForAll long seed) {
        double[] p = drawn(classes, 3, seed);
        double most = 0;
        for (double one : p) {
            most = Math.max(most, one);
        }
        if (Math.abs(most - Math.pow(2, -eta)) > 1e-12) {
            assertEquals(most > Math.pow(2, -eta), Doubt.MIN_ENTROPY.sure(p, eta));
        }
    }

    @Property
    void boundsOfTheMeasures(@ForAll @IntRange(min = 1, max = 40) int classes, @ForAll long seed) {
        double[] p = drawn(classes, 4, seed);
        double most = Math.log(classes) / Math.log(2) + 1e-9;
        double least = Doubt.MIN_ENTROPY.of(p);
        assertTrue(least >= 0 && least <= most);
        assertTrue(Doubt.SHANNON.of(p) >= least - 1e-9 && Doubt.SHANNON.of(p) <= most, "min-entropy is the least");
        assertTrue(Doubt.MARGIN.of(p) >= 0 && Doubt.MARGIN.of(p) <= 1);
    }

    @Property
    void theEndOfItsRangeAlwaysSends(@ForAll @IntRange(min = 1, max = 9) int classes, @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 60) double sharpness) {
        double[] p = drawn(classes, sharpness, seed);
        assertFalse(Doubt.MIN_ENTROPY.sure(p, 0));
        assertFalse(Doubt.SHANNON.sure(p, 0));
        assertFalse(Doubt.MARGIN.sure(p, 1));
    }
}
