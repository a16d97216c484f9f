package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LossModelTest {
    private static final int PACKETS = 400_000;
    /** Five standard deviations: a right model fails once in two million seeds, and the seeds are fixed. */
    private static final double SIGMAS = 5;

    /** Loses some of PACKETS packets and says how many packets and how many runs of them. */
    private static int[] play(Loss loss, long seed) {
        LossModel model = new LossModel(loss);
        SplittableRandom random = new SplittableRandom(seed);
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int packet = 0; packet < PACKETS; packet++) {
            boolean now = model.lost(random.nextDouble(), random.nextDouble());
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }
        return new int[]{lost, bursts};
    }

    @Test
    void uniformLossIsBinomial() {
        for (double rate : new double[]{0, 0.001, 0.05, 0.2, 0.9, 1}) {
            int[] played = play(new Loss.Uniform(rate), 11);
            double sigma = Math.sqrt(PACKETS * rate * (1 - rate));
            assertEquals(PACKETS * rate, played[0], SIGMAS * sigma, "rate " + rate);
            // a run begins where a lost packet follows one that is not
            double starts = PACKETS * rate * (1 - rate);
            assertEquals(starts, played[1], SIGMAS * Math.sqrt(starts) + 1, "runs at rate " + rate);
        }
    }

    @Test
    void gilbertLosesAsMuchAndInBurstsAsLongAsTheorySays() {
        for (double burst : new double[]{1.5, 3, 10}) {
            Loss.Gilbert loss = Loss.Gilbert.bursts(0.05, burst);
            assertEquals(0.05, loss.meanRate(), 1e-12);
            int[] played = play(loss, 12);
            // the mean of a two-state chain: its variance is the binomial one times (1 + l) / (1 - l), l = 1 - p - r
            double l = 1 - loss.enterBad() - loss.leaveBad();
            double sigma = Math.sqrt(PACKETS * 0.05 * 0.95 * (1 + l) / (1 - l));
            assertEquals(PACKETS * 0.05, played[0], SIGMAS * sigma, "burst " + burst);
            // bursts are geometric with mean b, so their standard deviation is sqrt(b (b - 1))
            double mean = (double) played[0] / played[1];
            assertEquals(burst, mean, SIGMAS * Math.sqrt(burst * (burst - 1) / played[1]), "burst " + burst);
        }
    }

    @Test
    void elliottLosesSomeInBothStates() {
        Loss.Gilbert loss = new Loss.Gilbert(0.01, 0.1, 0.002, 0.4);
        double mean = 10.0 / 11 * 0.002 + 1.0 / 11 * 0.4;
        assertEquals(mean, loss.meanRate(), 1e-12);
        int[] played = play(loss, 13);
        // P(lost and the next lost too) over both states, by hand; it says how long the bursts are
        double bad = 1.0 / 11;
        double both = bad * 0.4 * (0.9 * 0.4 + 0.1 * 0.002) + (1 - bad) * 0.002 * (0.99 * 0.002 + 0.01 * 0.4);
        assertEquals(mean, (double) played[0] / PACKETS, 0.05 * mean);
        assertEquals(mean / (mean - both), (double) played[0] / played[1], 0.02);
    }

    @Test
    void noneLosesNothingAndTheExtremesHold() {
        assertEquals(0, play(new Loss.None(), 1)[0]);
        assertEquals(0, play(new Loss.Gilbert(0, 0, 0, 1), 1)[0]);
        assertEquals(PACKETS, play(new Loss.Gilbert(1, 0, 0, 1), 1)[0]);
        assertEquals(0, new Loss.Gilbert(0, 0, 0, 1).meanRate());
        assertTrue(Double.isFinite(new Loss.Gilbert(1, 0, 0, 1).meanRate()));
    }
}
