package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a loss costs a stream. */
class SegmentTest {
    private static final long MS = 1_000_000;
    private static final long RTT = 40 * MS;

    private final SegmentQueue<String> queue = new SegmentQueue<>();

    /** Leaves at this time and takes half a round trip. */
    private void send(String name, long departMs, int losses) {
        queue.add(new Segment<>(name, 100, departMs * MS, departMs * MS + RTT / 2, losses, RTT));
    }

    /** Name and millisecond of each arrival. */
    private String arrivals() {
        List<String> arrived = new ArrayList<>();
        for (long now = 0; !queue.isEmpty(); now += MS) {
            for (Segment<String> next = queue.take(now, false); next != null; next = queue.take(now, false)) {
                arrived.add(next.payload() + "@" + now / MS);
            }
        }
        return String.join(" ", arrived);
    }

    @Test
    void arrivesInOrderWithoutLoss() {
        send("a", 0, 0);
        send("b", 5, 0);
        assertEquals(200, queue.bytes());
        assertEquals("a@20 b@25", arrivals());
        assertEquals(0, queue.bytes());
    }

    @Test
    void holdsUpWhatFollowsForOneRoundTripAfterTheThird() {
        send("a", 0, 1);
        send("b", 1, 0);
        send("c", 2, 0);
        send("d", 3, 0);
        send("e", 4, 0);
        // d arrives at 23 ms; its acknowledgement and the repetition take 40 more
        assertEquals("a@63 b@63 c@63 d@63 e@63", arrivals());
    }

    @Test
    void waitsForTheTimeoutWhenFewerFollow() {
        send("a", 0, 1);
        send("b", 1, 0);
        send("c", 2, 0);
        send("d", 3, 1);
        // 200 ms are the least
        assertEquals("a@220 b@220 c@220 d@223", arrivals());
    }

    @Test
    void countsOnlyWhatArrivesBeforeTheTimeout() {
        send("a", 0, 1);
        send("b", 1, 0);
        send("c", 2, 0);
        send("d", 180, 0);
        // d arrives at 200 ms: the sender has repeated a already
        assertEquals("a@220 b@220 c@220 d@220", arrivals());
    }

    @Test
    void doublesTheTimeoutWithEachFurtherLoss() {
        send("a", 0, 3);
        assertEquals("a@1420", arrivals()); // 20 + 200 + 400 + 800
        send("b", 0, 2);
        for (String later : List.of("c", "d", "e")) {
            send(later, 1, 0);
        }
        assertEquals("b@261 c@261 d@261 e@261", arrivals()); // 21 + 40 + 200
        assertEquals((120_000 + 64_000) * MS, Segment.backoffNs(64_000 * MS, 2));
    }

    @Test
    void takesTwoRoundTripsAsTimeoutOnALongPath() {
        queue.add(new Segment<>("far", 1, 0, 300 * MS, 1, 600 * MS));
        assertEquals("far@1500", arrivals());
    }

    @Test
    void getsThroughAtTheFirstTimeoutAfterACut() {
        send("a", 0, 0);
        for (long now = 0; now < 1_000 * MS; now += MS) {
            assertNull(queue.take(now, true));
        }
        assertEquals("a@1420", arrivals()); // tried at 20, 220, 620 in vain
    }

    @Test
    void drawsTheSameAndLoseAsOftenAsSaid() {
        LaneProfile profile = LaneProfile.CLEAN.withRate(1_000_000, 10_000).withDelayMs(20, 3)
                .withLoss(new Loss.Uniform(0.2));
        int lost = 0;
        int again = 0;
        for (int round = 0; round < 2; round++) {
            SegmentLane lane = new SegmentLane(profile, new Bottleneck(profile), new SplittableRandom(5));
            for (int segment = 0; segment < 20_000; segment++) {
                Segment<Void> sent = lane.send(segment * 10 * MS, null, 948, 52, RTT);
                long late = sent.dueNs() - segment * 10 * MS;
                assertTrue(late >= 18 * MS, "1 ms on the link and 17 on the path");
                lost += (round == 0 ? 1 : -1) * (sent.lost() ? segment : 0);
                again += round == 0 && sent.lost() ? 1 : 0;
            }
        }
        assertEquals(0, lost, "two rounds lose the same segments");
        assertEquals(4_000, again, 5 * Math.sqrt(20_000 * 0.2 * 0.8));
    }
}
