package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of slices is counted, and told a second after it has changed. */
class SliceReportsTest {
    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge).hello();

    /** The one report of the second that passes. */
    private LinkReport report() {
        wire.heard.clear();
        wire.pass(999);
        assertEquals(List.of(), wire.heard(FrameType.LINK_REPORT));
        wire.pass(1);
        assertEquals(1, wire.heard(FrameType.LINK_REPORT).size());
        return LinkReport.read(wire.heard(FrameType.LINK_REPORT).getFirst());
    }

    private void counted(int received, int late, int repeated, int dropped) {
        assertEquals(new LinkReport(received, late, repeated, dropped), report());
        assertEquals(received, edge.edge.counters().slices(LinkCounters.Slice.RECEIVED));
        assertEquals(late, edge.edge.counters().slices(LinkCounters.Slice.LATE));
        assertEquals(repeated, edge.edge.counters().slices(LinkCounters.Slice.REPEATED));
        assertEquals(dropped, edge.edge.counters().slices(LinkCounters.Slice.DROPPED));
    }

    @Test
    void tellsEachKindOnce() {
        wire.ask(1, 3);
        wire.stream(HeardWire.slice(1, 0));
        wire.datagram(HeardWire.slice(1, 1));
        counted(2, 0, 0, 0);
        wire.stream(HeardWire.slice(1, 0));
        counted(2, 0, 1, 0);
        wire.datagram(HeardWire.slice(1, 3));
        counted(2, 0, 1, 1);
        handler.last().done(HeardArrivals.SUMMARY);
        wire.datagram(HeardWire.slice(1, 2));
        counted(2, 1, 1, 1);
        wire.heard.clear();
        wire.pass(5_000);
        assertEquals(List.of(), wire.heard(FrameType.LINK_REPORT), "nothing has changed");
    }

    @Test
    void countsWhatComesTooLate() {
        wire.stuck(0);
        wire.ask(1, 2);
        handler.last().part(1, new byte[]{1});
        handler.last().done(HeardArrivals.SUMMARY);
        wire.stream(HeardWire.slice(1, 0));
        wire.datagram(HeardWire.slice(1, 0));
        assertEquals(2, edge.edge.counters().lateFrames(), "its end waits behind a part");
        counted(0, 2, 0, 0);
        wire.stuck(-1);
        wire.stream(HeardWire.slice(1, 0));
        wire.datagram(HeardWire.slice(1, 0));
        assertEquals(4, edge.edge.counters().lateFrames(), "it has ended");
        counted(0, 4, 0, 0);
    }

    @Test
    void countsWhatCannotBeReadAndWhatIsTooFarAhead() {
        wire.datagram(new byte[]{1});
        assertEquals(1, edge.edge.counters().badDatagrams());
        counted(0, 0, 0, 1);
        wire.datagram(HeardWire.slice(FuzzEdge.LIMITS.inFlight() + 1L, 0));
        counted(0, 0, 0, 2);
        wire.datagram(HeardWire.slice(FuzzEdge.LIMITS.inFlight(), 0));
        wire.heard.clear();
        wire.ask(FuzzEdge.LIMITS.inFlight(), 1);
        assertEquals(List.of(0), handler.indices(), "one that is near waits for its ASK");
        counted(1, 0, 0, 2);
    }

    @Test
    void countsEarlySlicesThatMakeRoomForOthers() {
        int kept = 64;
        for (int i = 0; i < kept + 2; i++) {
            wire.datagram(HeardWire.slice(1, i % 6));
        }
        counted(0, 0, 0, 2);
    }
}
