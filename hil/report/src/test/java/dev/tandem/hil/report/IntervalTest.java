package dev.tandem.hil.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void wilsonMatchesPublishedValues() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 15 of 148 and 0 of 20.
        check(Interval.wilson(81, 263), 0.3080, 0.2553, 0.3662);
        check(Interval.wilson(15, 148), 0.1014, 0.0624, 0.1605);
        check(Interval.wilson(0, 20), 0, 0, 0.1611);
    }

    @Test
    void nothingAskedKnowsNothing() {
        Interval interval = Interval.wilson(0, 0);
        assertEquals(0, interval.low());
        assertEquals(1, interval.high());
    }

    @Test
    void pairedWithOneQuestionEachIsTheUsualInterval() {
        int[] differences = {1, 0, 0, -1, 1, 0, 0, 0, 1, 0};
        String[] pictures = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
        // Mean 0.2, sample deviation 0.632456, standard error 0.2.
        check(Interval.paired(differences, pictures), 0.2, 0.2 - 0.39199, 0.2 + 0.39199);
    }

    @Test
    void questionsOnOnePictureCountTogether() {
        int[] differences = {1, 1, 0, 0};
        Interval apart = Interval.paired(differences, new String[]{"a", "b", "c", "d"});
        Interval together = Interval.paired(differences, new String[]{"a", "a", "c", "c"});
        assertEquals(true, together.high() - together.low() > apart.high() - apart.low());
    }

    private static void check(Interval interval, double value, double low, double high) {
        assertEquals(value, interval.value(), 1e-4);
        assertEquals(low, interval.low(), 1e-4);
        assertEquals(high, interval.high(), 1e-4);
    }
}
