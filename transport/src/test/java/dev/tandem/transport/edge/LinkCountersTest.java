package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Transport;
import org.junit.jupiter.api.Test;

/** Each counter counts its own thing and nothing else. */
class LinkCountersTest {
    private final LinkCounters counters = new LinkCounters();

    private static void times(int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            what.run();
        }
    }

    @Test
    void countsExchangesAndTheirSlices() {
        times(5, () -> counters.countBegin(7));
        counters.countAnswer();
        times(2, () -> counters.countExchangeEnd(ErrorCode.CANCELLED));
        counters.countUsed(3);
        counters.countUsed(4);
        assertEquals(2, counters.open());
        assertEquals(1, counters.answered());
        assertEquals(2, counters.ended(ErrorCode.CANCELLED));
        assertEquals(35, counters.slicesAnnounced());
        assertEquals(7, counters.slicesUsed());
        assertEquals(0, counters.ended(ErrorCode.OVERLOADED));
    }

    @Test
    void countsEachKindByItself() {
        times(2, () -> counters.countEnd(ErrorCode.OVERLOADED));
        times(3, counters::countLateFrame);
        times(4, counters::countBadDatagram);
        times(5, counters::countMove);
        for (LinkCounters.Slice each : LinkCounters.Slice.values()) {
            times(1 + each.ordinal(), () -> counters.countSlice(each));
        }
        for (Transport each : Transport.values()) {
            times(1 + each.ordinal(), () -> counters.countConnection(each));
        }
        assertEquals(2, counters.ended(ErrorCode.OVERLOADED));
        assertEquals(0, counters.open(), "an end of a connection is none of an exchange");
        assertEquals(3, counters.lateFrames());
        assertEquals(4, counters.badDatagrams());
        assertEquals(5, counters.moves());
        for (LinkCounters.Slice each : LinkCounters.Slice.values()) {
            assertEquals(1 + each.ordinal(), counters.slices(each));
        }
        for (Transport each : Transport.values()) {
            assertEquals(1 + each.ordinal(), counters.connections(each));
        }
    }
}
