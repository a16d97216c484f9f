package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LinkRateTest {
    @Test
    void takesItsTimeForEachPieceAndSaveNothingUp() {
        LinkRate rate = new LinkRate(50_000);
        long start = Long.MAX_VALUE - 5; // nanoTime may wrap around
        assertEquals(start + 20_000_000, rate.leaveNanos(start, 1_000));
        assertEquals(start + 40_000_000, rate.leaveNanos(start + 1, 1_000));
        long later = start + 1_000_000_000;
        assertEquals(later + 20_000_000, rate.leaveNanos(later, 1_000));
        assertEquals(later + 20_000_000, rate.leaveNanos(later, 0));
        assertThrows(IllegalArgumentException.class, () -> new LinkRate(0));
        assertEquals(3_000_000_000L, new LinkRate(1).leaveNanos(0, 3));
    }
}
