package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is told to wait, and for how long; the clock is turned by hand. */
class RefusalsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Refusals refusals = new Refusals();
    private long now = -5 * SECOND; // a clock may run through zero

    private void refuse(String device, int times) {
        for (int i = 0; i < times; i++) {
            refusals.refused(device, now);
        }
    }

    @Test
    void aFewRefusalsAreNothingAndManyAreAWaitThatEnds() {
        refuse("a", Refusals.PATIENCE);
        assertEquals(0, refusals.waitNanos("a", now));
        refuse("a", 1);
        assertEquals(Refusals.WAIT_NANOS, refusals.waitNanos("a", now));
        assertEquals(0, refusals.waitNanos("b", now));
        now += Refusals.WAIT_NANOS - 1;
        assertEquals(1, refusals.waitNanos("a", now));
        refuse("a", 1);
        assertEquals(1, refusals.waitNanos("a", now), "asking meanwhile makes it no longer");
        now++;
        assertEquals(0, refusals.waitNanos("a", now));
    }

    @Test
    void refusalsAreForgottenOneASecond() {
        for (int i = 0; i < 3 * Refusals.PATIENCE; i++) {
            refuse("a", 1);
            now += SECOND;
            assertEquals(0, refusals.waitNanos("a", now));
        }
        refuse("a", Refusals.PATIENCE);
        now += Refusals.PATIENCE * SECOND;
        refuse("a", Refusals.PATIENCE);
        assertEquals(0, refusals.waitNanos("a", now));
    }

    @Test
    void whoGoesOnIsCutOnceAndStillWaitsThen() {
        refuse("a", Refusals.MOST);
        assertFalse(refusals.tooMany("a", now));
        refuse("a", 1);
        now += 10;
        assertTrue(refusals.tooMany("a", now));
        assertFalse(refusals.tooMany("a", now));
        assertEquals(Refusals.WAIT_NANOS, refusals.waitNanos("a", now));
        assertFalse(refusals.tooMany("nobody", now));
    }

    /** Names that come and go do not pile up. */
    @Test
    void oldOnesMakeRoom() {
        refuse("waits", Refusals.PATIENCE + 1);
        for (int i = 0; i < 20_000; i++) {
            refuse("d" + i, 1);
            assertTrue(refusals.waitNanos("waits", now) > 0);
        }
        assertEquals(Refusals.MOST_KNOWN, refusals.size());
    }
}
