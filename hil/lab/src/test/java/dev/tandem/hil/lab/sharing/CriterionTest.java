package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CriterionTest {

    @Test
    void aBoundIsReachedUpToItself() {
        assertTrue(Criterion.atMost("x", 2, 2).reached());
        assertFalse(Criterion.atMost("x", 2.1, 2).reached());
        assertFalse(Criterion.atMost("x", Double.NaN, 2).reached());
        assertFalse(Criterion.atMost("x", Double.POSITIVE_INFINITY, 2).reached());
    }

    @Test
    void whatIsOnlyToldIsNeverMissed() {
        assertTrue(Criterion.told("x", Double.POSITIVE_INFINITY).reached());
        assertFalse(Criterion.told("x", 1).bounded());
        assertTrue(Criterion.atMost("x", 1, 2).bounded());
    }
}
