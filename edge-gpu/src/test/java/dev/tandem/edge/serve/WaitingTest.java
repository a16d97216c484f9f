package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tasks that wait for the model: the order, the limit, and who goes for whom. */
class WaitingTest {
    private static final class Idle implements Work {
        private final String device;
        private boolean cancelled;

        Idle(String device) {
            this.device = device;
        }

        @Override
        public String device() {
            return device;
        }

        @Override
        public void run() {
            throw new AssertionError("not run here");
        }

        @Override
        public void refused(ErrorCode code, String why) {
            throw new AssertionError("not refused here");
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    private final Waiting waiting = new Waiting(2);
    private final Idle first = new Idle("d");
    private final Idle second = new Idle("d");
    private final Idle third = new Idle("d");

    @Test
    void whoComesLastGoesWhereOneDeviceHasAllAtTheLimitOnly() {
        assertEquals(2, waiting.limit());
        assertNull(waiting.add(first));
        assertNull(waiting.add(second));
        assertEquals(2, waiting.size());
        assertSame(third, waiting.add(third));
        assertEquals(2, waiting.size());
        assertSame(first, waiting.next());
        assertSame(second, waiting.next());
        assertNull(waiting.next());
    }

    /** Two that ask much, and one that asks now and then: it is refused never, and waits for nobody. */
    @Test
    void whoAsksMuchIsRefusedAndWhoAsksLittleIsNext() {
        Waiting room = new Waiting(6);
        List<Work> greedy = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            greedy.add(new Idle(i % 2 == 0 ? "a" : "b"));
            assertNull(room.add(greedy.get(i)));
        }
        Idle polite = new Idle("polite");
        assertSame(greedy.get(4), room.add(polite));
        assertSame(greedy.get(0), room.next());
        assertSame(greedy.get(1), room.next());
        assertSame(polite, room.next());
        Idle again = new Idle("polite");
        assertNull(room.add(again));
        assertSame(greedy.get(2), room.next());
        assertSame(greedy.get(3), room.next());
        assertSame(again, room.next());
        assertSame(greedy.get(5), room.next());
        assertEquals(0, room.size());
    }

    /** However many ask, nobody's turn comes twice before each who waits has had one. */
    @Property
    void turnsGoRound(@ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 5) Integer> devices) {
        Turns<Integer> turns = new Turns<>();
        Map<Integer, Integer> left = new HashMap<>();
        for (int device : devices) {
            turns.add("d" + device, device);
            left.merge(device, 1, Integer::sum);
        }
        Set<Integer> round = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            int device = turns.next();
            if (!round.add(device)) {
                assertTrue(round.containsAll(left.keySet()), devices + " at " + i);
                round.clear();
                round.add(device);
            }
            left.merge(device, -1, (had, one) -> had + one == 0 ? null : had + one);
        }
        assertNull(turns.next());
        assertEquals(0, turns.size());
    }

    @Test
    void whatIsCancelledMakesRoomAndIsNeverNext() {
        waiting.add(first);
        waiting.add(second);
        second.cancelled = true;
        assertNull(waiting.add(third));
        assertEquals(2, waiting.size());
        first.cancelled = true;
        third.cancelled = true;
        assertNull(waiting.next());
        assertEquals(0, waiting.size());
    }

    @Test
    void whatIsTakenOutIsGone() {
        waiting.add(first);
        waiting.add(second);
        waiting.remove(first);
        assertEquals(List.of(second), waiting.clear());
        assertEquals(0, waiting.size());
        assertEquals(List.of(), waiting.clear());
    }
}
