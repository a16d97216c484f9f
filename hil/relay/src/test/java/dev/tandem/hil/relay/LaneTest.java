package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.relay.Lane.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final long MS = 1_000_000;
    private static final LaneProfile EVERYTHING = LaneProfile.CLEAN.withRate(1_000_000, 20_000).withDelayMs(30, 12)
            .withLoss(new Loss.Gilbert(0.02, 0.3, 0.001, 0.9)).withReorder(0.05, 9).withDuplicate(0.03)
            .withMtuBytes(1_400);

    private static Lane lane(LaneProfile profile, long seed) {
        return new Lane(profile, new Bottleneck(profile), new SplittableRandom(seed));
    }

    private static List<Decision> play(LaneProfile profile, long seed, int packets) {
        Lane lane = lane(profile, seed);
        SplittableRandom sizes = new SplittableRandom(99);
        List<Decision> decisions = new ArrayList<>();
        for (int packet = 0; packet < packets; packet++) {
            decisions.add(lane.decide(packet * MS, sizes.nextInt(28, 1_500), null));
        }
        return decisions;
    }

    @Test
    void decidesTheSameWithTheSameSeed() {
        List<Decision> first = play(EVERYTHING, 7, 20_000);
        assertEquals(first, play(EVERYTHING, 7, 20_000));
        assertNotEquals(first, play(EVERYTHING, 8, 20_000));
        for (Outcome outcome : List.of(Outcome.DELIVERED, Outcome.LOST, Outcome.TOO_BIG)) {
            assertTrue(first.stream().anyMatch(each -> each.outcome() == outcome), outcome + " happens");
        }
        assertTrue(first.stream().anyMatch(Decision::reordered));
        assertTrue(first.stream().anyMatch(each -> each.copyNs() != Lane.NONE));
    }

    @Test
    void givesEachPacketItsOwnLuckWhateverBecomesOfTheOthers() {
        LaneProfile lossy = LaneProfile.CLEAN.withDelayMs(10, 5).withLoss(new Loss.Uniform(0.3)).withReorder(0.1, 5)
                .withDuplicate(0.1);
        Lane calm = lane(lossy, 3);
        Lane stopped = lane(lossy.withMtuBytes(1_000), 3);
        for (int packet = 0; packet < 5_000; packet++) {
            Outcome stop = packet % 7 == 0 ? Outcome.CUT : packet % 11 == 0 ? Outcome.BLOCKED : null;
            int size = packet % 5 == 0 ? 1_200 : 100;
            // so far apart that no packet waits for another
            Decision one = calm.decide(packet * 100 * MS, size, null);
            Decision other = stopped.decide(packet * 100 * MS, size, stop);
            if (stop != null) {
                assertEquals(Decision.dropped(stop), other);
            } else if (size > 1_000) {
                assertEquals(Decision.dropped(Outcome.TOO_BIG), other);
            } else {
                assertEquals(one, other, "packet " + packet);
            }
        }
    }

    @Test
    void keepsRateAndDelayExactly() {
        Lane lane = lane(LaneProfile.CLEAN.withRate(50_000, 1_000_000).withDelayMs(20, 0), 1);
        for (int packet = 1; packet <= 100; packet++) {
            // 1,000 bytes at 50,000 bytes a second take 20 ms each, the path 20 more
            assertEquals(20 * MS * packet + 20 * MS, lane.decide(0, 1_000, null).dueNs());
        }
        // the link is at rest again: only the packet's own time counts
        assertEquals(5_000 * MS + 2 * MS + 20 * MS, lane.decide(5_000 * MS, 100, null).dueNs());
        // what does not divide is rounded up to the nanosecond
        Lane third = lane(LaneProfile.CLEAN.withRate(3_000_000, 1_500), 1);
        assertEquals(334, third.decide(0, 1, null).dueNs());
    }

    @Test
    void passesAtOnceWithoutFaults() {
        Lane lane = lane(LaneProfile.CLEAN, 5);
        for (long now : new long[]{0, 17, 1_000_000_007}) {
            assertEquals(new Decision(Outcome.DELIVERED, now, Lane.NONE, false), lane.decide(now, 65_535, null));
        }
    }

    @Test
    void boundsTheQueue() {
        Lane lane = lane(LaneProfile.CLEAN.withRate(10_000, 5_000), 1);
        List<Outcome> outcomes = IntStream.range(0, 8).mapToObj(each -> lane.decide(0, 1_000, null).outcome()).toList();
        assertEquals(5, outcomes.stream().filter(each -> each == Outcome.DELIVERED).count());
        assertEquals(Outcome.QUEUE_FULL, outcomes.getLast());
        // 50 ms free 500 bytes: too little for 1,000, enough for 500
        assertEquals(Outcome.QUEUE_FULL, lane.decide(50 * MS, 1_000, null).outcome());
        assertEquals(Outcome.DELIVERED, lane.decide(50 * MS, 500, null).outcome());
        // a link at rest takes what is larger than its queue
        assertEquals(Outcome.DELIVERED, lane.decide(2_000 * MS, 9_000, null).outcome());
    }

    @Test
    void saysWhenThereIsRoom() {
        Bottleneck link = new Bottleneck(LaneProfile.CLEAN.withRate(10_000, 5_000));
        assertEquals(0, link.roomAtNs(0, 1_500));
        for (int packet = 0; packet < 5; packet++) {
            link.depart(0, 1_000);
        }
        long at = link.roomAtNs(0, 1_500);
        assertEquals(150 * MS, at);
        assertEquals(false, link.hasRoom(at - 1, 1_500));
        assertTrue(link.hasRoom(at, 1_500));
        assertEquals(500 * MS, link.roomAtNs(0, 6_000));
    }

    @Test
    void keepsWhatWaitsWhenTheRateChanges() {
        LaneProfile slow = LaneProfile.CLEAN.withRate(1_000, 10_000);
        Bottleneck link = new Bottleneck(slow);
        link.depart(0, 2_000);
        link.become(1_000 * MS, slow.withRate(2_000, 10_000));
        assertEquals(1_000, link.backlogBytes(1_000 * MS));
        assertEquals(2_000 * MS, link.depart(1_000 * MS, 1_000));
        link.become(1_000 * MS, LaneProfile.CLEAN);
        assertEquals(1_000 * MS, link.depart(1_000 * MS, 1_000_000));
    }

    @Test
    void swallowsWhatIsTooBig() {
        Lane lane = lane(LaneProfile.CLEAN.withMtuBytes(1_280), 1);
        assertEquals(Outcome.DELIVERED, lane.decide(0, 1_280, null).outcome());
        assertEquals(Outcome.TOO_BIG, lane.decide(0, 1_281, null).outcome());
    }

    @Test
    void jittersInOrderAndReorderOnlyWhatItHoldsBack() {
        Lane jitter = lane(LaneProfile.CLEAN.withDelayMs(50, 20), 4);
        long before = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int packet = 0; packet < 10_000; packet++) {
            long now = packet * 10 * MS;
            long due = jitter.decide(now, 100, null).dueNs();
            assertTrue(due >= before, "order");
            before = due;
            least = Math.min(least, due - now);
            most = Math.max(most, due - now);
        }
        assertTrue(least >= 30 * MS && least < 31 * MS && most <= 70 * MS && most > 69 * MS, least + " to " + most);
        Lane held = lane(LaneProfile.CLEAN.withDelayMs(10, 0).withReorder(0.25, 40), 4);
        int late = 0;
        for (int packet = 0; packet < 10_000; packet++) {
            Decision decision = held.decide(packet * MS, 100, null);
            assertEquals(packet * MS + (decision.reordered() ? 50 : 10) * MS, decision.dueNs());
            late += decision.reordered() ? 1 : 0;
        }
        assertEquals(2_500, late, 5 * Math.sqrt(10_000 * 0.25 * 0.75));
    }

    @Test
    void duplicatesAsOftenAsSaidAndNeverBeforeTheOriginal() {
        Lane lane = lane(LaneProfile.CLEAN.withDelayMs(10, 10).withDuplicate(0.1), 6);
        int copies = 0;
        for (int packet = 0; packet < 10_000; packet++) {
            Decision decision = lane.decide(packet * MS, 100, null);
            if (decision.copyNs() != Lane.NONE) {
                copies++;
                assertTrue(decision.copyNs() >= decision.dueNs());
            }
        }
        assertEquals(1_000, copies, 5 * Math.sqrt(10_000 * 0.1 * 0.9));
    }
}
