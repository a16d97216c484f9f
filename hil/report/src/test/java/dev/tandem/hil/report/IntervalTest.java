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

    @Test
    void aShareWithAPictureAQuestionIsNearlyWilsons() {
        boolean[] right = new boolean[263];
        String[] pictures = new String[263];
        for (int i = 0; i < right.length; i++) {
            right[i] = i < 81;
            pictures[i] = "p" + i;
        }
        Interval share = Interval.share(right, pictures);
        assertEquals(0.3080, share.value(), 1e-4);
        assertEquals(0.2553, share.low(), 3e-4);
        assertEquals(0.3662, share.high(), 3e-4);
    }

    /** Four questions a picture with one answer each: as sure as one question a picture, and no surer. */
    @Test
    void questionsThatOnePictureDecidesCountOnce() {
        int pictures = 60;
        boolean[] right = new boolean[4 * pictures];
        String[] names = new String[right.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = i / 4 % 3 == 0;
            names[i] = "p" + i / 4;
        }
        Interval once = Interval.wilson(pictures / 3, pictures);
        Interval share = Interval.share(right, names);
        assertEquals(once.low(), share.low(), 2e-3);
        assertEquals(once.high(), share.high(), 2e-3);
    }

    @Test
    void allRightIsAsSureAsThePicturesAreMany() {
        boolean[] right = {true, true, true, true, true, true};
        Interval share = Interval.share(right, new String[]{"a", "a", "b", "b", "c", "c"});
        assertEquals(Interval.wilson(3, 3), share);
        assertEquals(Interval.wilson(0, 0), Interval.share(new boolean[0], new String[0]));
    }

    @Test
    void anEstimateOfOnePictureIsAnything() {
        Interval one = Interval.clustered(0.4, new double[]{0.1, -0.1}, new String[]{"a", "a"}, 0, 1);
        assertEquals(new Interval(0.4, 0, 1), one);
    }

    private static void check(Interval interval, double value, double low, double high) {
        assertEquals(value, interval.value(), 1e-4);
        assertEquals(low, interval.low(), 1e-4);
        assertEquals(high, interval.high(), 1e-4);
    }
}
