package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.transport.frame.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that wait for the model: the order, the limit, and who goes for whom. */
class WaitingTest {
    private static final class Idle implements Work {
        private boolean cancelled;

        @Override
        public String device() {
            return "d";
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
    private final Idle first = new Idle();
    private final Idle second = new Idle();
    private final Idle third = new Idle();

    @Test
    void theOldestGoesForTheNewestAtTheLimitOnly() {
        assertEquals(2, waiting.limit());
        assertNull(waiting.add(first));
        assertNull(waiting.add(second));
        assertEquals(2, waiting.size());
        assertSame(first, waiting.add(third));
        assertEquals(2, waiting.size());
        assertSame(second, waiting.next());
        assertSame(third, waiting.next());
        assertNull(waiting.next());
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
