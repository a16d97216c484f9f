package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReceiptClockTest {
    private static final long QUIET = 25;

    @Test
    void tellsRarerAndRarerUntilSomethingComes() {
        ReceiptClock clock = new ReceiptClock(QUIET);
        long now = Long.MAX_VALUE - 3 * QUIET; // wraps on the way
        clock.arrived(now);
        for (int times : new int[]{1, 2, 4, 8, 16, 16, 16}) {
            assertEquals(times * QUIET, clock.dueInNanos(now));
            assertEquals(1, clock.dueInNanos(now + times * QUIET - 1));
            now += times * QUIET;
            assertEquals(0, clock.dueInNanos(now));
            clock.told(now);
        }
        clock.arrived(now + 3);
        assertEquals(QUIET, clock.dueInNanos(now + 3));
        assertEquals(-5, clock.dueInNanos(now + 3 + QUIET + 5), "overdue");
    }

    @Test
    void beginsAnewWithEachArrival() {
        ReceiptClock clock = new ReceiptClock(QUIET);
        for (long now = 0; now < 50 * QUIET; now += QUIET - 1) {
            clock.arrived(now);
            assertEquals(QUIET, clock.dueInNanos(now), "slices that keep coming need no report");
        }
    }

    @Test
    void hasNothingToTellBeforeTheFirst() {
        assertEquals(Long.MAX_VALUE, new ReceiptClock(QUIET).dueInNanos(Long.MIN_VALUE));
        assertEquals(Long.MAX_VALUE, new ReceiptClock(QUIET).dueInNanos(Long.MAX_VALUE));
    }
}
