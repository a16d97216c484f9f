package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.tls.TlsFailure;
import org.junit.jupiter.api.Test;

/** Frames that there was no room for, and connections that end by the edge's own will. */
class RefusedFramesTest {
    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge).hello();
    private final EdgeConnection connection = wire.connection;

    @Test
    void hearsNothingOfACopyOfAnAskThatHasBegun() {
        wire.ask(1, 3);
        int said = wire.heard.size();
        connection.dropped(FrameType.ASK, 1, "no room for it");
        assertEquals(said, wire.heard.size());
        assertEquals(0, edge.edge.counters().ended(ErrorCode.OVERLOADED));
    }

    @Test
    void endsAnExchangeWhoseSliceHadNoRoom() {
        wire.ask(1, 3);
        connection.dropped(FrameType.SLICE, 1, "no room for the slice");
        assertEquals("no room for the slice", wire.error(1, ErrorCode.OVERLOADED));
        int said = wire.heard.size();
        connection.dropped(FrameType.SLICE, 1, "nor for the next");
        assertEquals(said, wire.heard.size(), "it has ended already");
    }

    @Test
    void hearsOfNoDroppedFrameOnceItEnds() {
        connection.abort("enough");
        int said = wire.heard.size();
        connection.dropped(FrameType.ASK, 1, "no room");
        assertEquals(said, wire.heard.size());
    }

    @Test
    void endsTheConnectionOfADroppedFrameThatBreaksTheProtocol() {
        connection.dropped(FrameType.SLICE, 9, "no room");
        assertTrue(wire.error(0, ErrorCode.MALFORMED_FRAME).contains("breaks the protocol"));
    }

    @Test
    void endsAllOfADeviceThatIsTrustedNoLonger() {
        wire.ask(1, 3);
        connection.distrust(TlsFailure.of(new IllegalStateException("its time is over"), End.EDGE));
        wire.error(0, ErrorCode.NO_LONGER_TRUSTED);
        assertEquals(2, edge.edge.counters().ended(ErrorCode.NO_LONGER_TRUSTED), "the exchange and the connection");
        assertTrue(wire.deaf);
    }
}
