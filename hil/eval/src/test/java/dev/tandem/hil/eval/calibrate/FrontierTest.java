package dev.tandem.hil.eval.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final double NEAR = 1e-12;

    private static Trial trial(double doubt, boolean device, boolean whole, boolean few, boolean many) {
        return new Trial(doubt, device, whole,
                List.of(new Trial.Sent(few, 100, 64), new Trial.Sent(many, 400, 256)));
    }

    private static Frontier four() {
        return new Frontier(List.of(trial(0.1, true, true, true, true), trial(0.5, true, true, false, true),
                trial(1.5, false, true, true, true), trial(3, false, true, false, true)), List.of(0.5, 1.0), 256);
    }

    @Test
    void tellsWhatEachEndReachesAlone() {
        assertEquals(1, four().whole().value());
        assertEquals(0.5, four().alone().value());
    }

    @Test
    void nothingOnTheFrontierIsBeaten() {
        List<Setting> best = four().best();
        assertEquals(List.of(0.0, 50.0, 200.0), best.stream().map(Setting::bytes).toList());
        assertEquals(List.of(0.5, 0.75, 1.0), best.stream().map(one -> one.accuracy().value()).toList());
        assertEquals(1.5, best.get(1).eta(), "the two that the device knows are its own, the third is sent");
        assertEquals(0.5, best.get(1).amount());
        assertEquals(0.5, best.get(1).here(), NEAR);
        assertEquals(2 * 64.0 / (4 * 256), best.get(1).cost(), NEAR);
    }

    @Test
    void choosesTheFewestBytesWithinALossAndTheMostAccuracyWithinABudget() {
        assertEquals(200, four().within(0).orElseThrow().bytes());
        assertEquals(50, four().within(0.25).orElseThrow().bytes());
        assertEquals(0, four().within(0.5).orElseThrow().bytes());
        assertEquals(0.5, four().budget(49).orElseThrow().accuracy().value());
        assertEquals(0.75, four().budget(50).orElseThrow().accuracy().value());
        assertEquals(1, four().budget(5_000).orElseThrow().accuracy().value());
        assertTrue(four().budget(-1).isEmpty());
        Frontier poor = new Frontier(List.of(trial(2, false, true, false, false)), List.of(0.5, 1.0), 256);
        assertTrue(poor.within(0.5).isEmpty());
    }

    @Test
    void aThresholdLetsThroughWhatItSays() {
        Random random = new Random(5);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            trials.add(trial(random.nextDouble() * 8, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(),
                    random.nextBoolean()));
        }
        for (Setting one : new Frontier(trials, List.of(0.5, 1.0), 256).best()) {
            List<Trial> here = trials.stream().filter(trial -> trial.doubt() < one.eta()).toList();
            assertEquals(here.size() / 1_000.0, one.here(), NEAR);
            int at = one.amount() < 1 ? 0 : 1;
            long right = trials.stream()
                    .filter(trial -> trial.doubt() < one.eta() ? trial.deviceRight() : trial.sent().get(at).right())
                    .count();
            assertEquals(right / 1_000.0, one.accuracy().value(), NEAR);
            assertEquals(one.eta(), Double.parseDouble(Trials.number(one.eta())), "a name can spell it");
        }
    }

    @Test
    void noPictureIsNoFrontier() {
        assertThrows(IllegalArgumentException.class, () -> new Frontier(List.of(), List.of(1.0), 256));
    }
}
