package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Part;
import org.junit.jupiter.api.Test;

class PartBufferTest {
    private static final int PATIENCE = 50;
    /** A clock that wraps. */
    private static final long NOW = Long.MAX_VALUE - 20;
    private static final int FRAME = FrameHeader.BYTES + 1;

    private final PartBuffer buffer = new PartBuffer(3 * FRAME + 10, PATIENCE, 1_000_000_000);

    private static Part part(int kind, int bytes) {
        return new Part(kind, new byte[bytes]);
    }

    @Test
    void keepsTheOrderAndTheCap() {
        assertTrue(buffer.add(part(1, 2), NOW));
        assertTrue(buffer.add(part(2, 5), NOW));
        assertFalse(buffer.add(part(3, 4), NOW), "a byte too many");
        assertTrue(buffer.add(part(4, 3), NOW));
        assertEquals(3 * FRAME + 10, buffer.bytes());
        assertEquals(1, buffer.take(NOW).kind());
        assertEquals(2, buffer.take(NOW).kind());
        assertEquals(4, buffer.take(NOW).kind());
        assertNull(buffer.take(NOW));
        assertEquals(0, buffer.bytes());
        assertTrue(buffer.isEmpty());
    }

    @Test
    void alwaysHasRoomForOne() {
        assertTrue(buffer.add(part(1, 1_000), NOW));
        assertFalse(buffer.add(part(1, 1), NOW));
        buffer.clear();
        assertEquals(0, buffer.bytes());
        assertTrue(buffer.add(part(1, 10), NOW));
    }

    @Test
    void stallsWhenNothingIsTakenForLongEnough() {
        assertFalse(buffer.stalled(0, NOW + 10 * PATIENCE), "nothing waits");
        buffer.add(part(1, 1), NOW);
        buffer.add(part(1, 1), NOW + 30);
        assertFalse(buffer.stalled(7, NOW + PATIENCE - 1));
        assertTrue(buffer.stalled(7, NOW + PATIENCE));
        buffer.take(NOW + PATIENCE);
        int patience = PATIENCE + FRAME + 1; // a nanosecond for each byte of the last part
        assertFalse(buffer.stalled(7, NOW + PATIENCE + patience - 1));
        assertFalse(buffer.stalled(6, NOW + PATIENCE + patience), "the link holds less than before");
        assertFalse(buffer.stalled(9, NOW + PATIENCE + 2 * patience - 1));
        assertTrue(buffer.stalled(8, NOW + PATIENCE + 2 * patience));
    }
}
