package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long MILLI = 1_000_000;
    private static final long RTT = 40 * MILLI;
    private static final long LONG = 60_000 * MILLI;
    /** Over a clock that wraps. */
    private static final long START = Long.MAX_VALUE - 30 * MILLI;

    @Test
    void offersAfterOneAndAQuarterRoundTripsThenRarerAndAtLastNoMore() {
        Silence silence = new Silence(START, RTT, Flight.LOSSY);
        assertEquals(60 * MILLI, silence.dueInNanos(START));
        assertFalse(silence.offer(START + 59 * MILLI, START, LONG), "not yet");
        assertTrue(silence.offer(START + 60 * MILLI, START, LONG));
        assertTrue(silence.offer(START + 180 * MILLI, START, LONG));
        assertTrue(silence.offer(START + 420 * MILLI, START, LONG));
        assertFalse(silence.offer(START + 900 * MILLI, START, LONG));
        assertEquals(Long.MAX_VALUE, silence.dueInNanos(START + 900 * MILLI));
    }

    /** Nothing that the edge said before it can have heard the question counts, and anything after it does. */
    @Property(tries = 300, seed = "27")
    void isQuietOnceAnAnswerMayHaveCome(@ForAll @LongRange(min = -100, max = 60) long heardMillis) {
        Silence silence = new Silence(START, RTT, Flight.LOSSY);
        boolean offered = silence.offer(START + 60 * MILLI, START + heardMillis * MILLI, LONG);
        assertEquals(heardMillis < 35, offered);
        assertEquals(!offered, silence.dueInNanos(START + 60 * MILLI) == Long.MAX_VALUE);
    }

    @Test
    void stopsWhereOneAndAHalfRoundTripsDoNotFit() {
        assertTrue(new Silence(START, RTT, Flight.LOSSY).offer(START + 60 * MILLI, START, 60 * MILLI));
        assertFalse(new Silence(START, RTT, Flight.LOSSY).offer(START + 60 * MILLI, START, 60 * MILLI - 1));
    }

    @Test
    void offersNothingWhileTheRoundTripIsUnknown() {
        assertEquals(Long.MAX_VALUE, new Silence(START, 0, 1).dueInNanos(START + LONG));
    }

    /** QUIC may delay an acknowledgement by 25 ms: on a link that loses nothing that is no loss. */
    @Test
    void waitsLongerWhereNothingIsLost() {
        Silence silence = new Silence(START, MILLI, 0);
        assertFalse(silence.offer(START + 30 * MILLI, START, LONG), "not yet");
        assertEquals(11_250_000, silence.dueInNanos(START + 30 * MILLI));
        assertTrue(silence.offer(START + 42 * MILLI, START, LONG));
        assertFalse(new Silence(START, MILLI, 0).offer(START + 42 * MILLI, START + 30 * MILLI, LONG), "it came late");
    }
}
