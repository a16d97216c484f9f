package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import org.junit.jupiter.api.Test;

/** What an ASK says is what the handler hears, and bounds what may follow it. */
class AskedExchangeTest {
    private static final byte[] BODY = {9, 8};
    private static final Ask NAMED = new Ask(0, 3, 2, Need.FIRST, 0, 0, "tiny", "yes-no", 17, BODY);
    private static final Ask NUMBERED = new Ask(12, 1, 1, Need.ALL, 0, 0, "", "", 0, BODY);

    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge).hello();

    @Test
    void saysWhatTheAskSays() {
        long before = System.nanoTime();
        wire.stream(NAMED.toFrame(1).toBytes());
        IncomingExchange asked = handler.last();
        assertEquals(1, asked.id());
        assertEquals(17, asked.task());
        assertArrayEquals(BODY, asked.body());
        assertEquals("yes-no", asked.head());
        assertEquals(0, asked.pointId());
        assertEquals("tiny", asked.pointName());
        assertEquals(3, asked.slicesAnnounced());
        assertEquals(2, asked.tiles());
        assertEquals(Need.FIRST, asked.need());
        assertTrue(asked.device().startsWith("laboratory device at "), asked.device());
        assertTrue(asked.arrivedNanos() - before >= 0 && System.nanoTime() - asked.arrivedNanos() >= 0);
        wire.stream(NUMBERED.toFrame(2).toBytes());
        assertEquals(12, handler.last().pointId());
        assertEquals(Need.ALL, handler.last().need());
    }

    @Test
    void countsTheBytesOfItsFrames() {
        Frame ask = NAMED.toFrame(1);
        wire.stream(ask.toBytes());
        assertEquals(ask.bytes(), handler.last().bytesReceived());
        wire.datagram(ask.toBytes());
        wire.stream(slice(0, 0));
        wire.datagram(slice(0, 0));
        assertEquals(2 * ask.bytes() + 2 * slice(0, 0).length, handler.last().bytesReceived());
        wire.datagram(NAMED.toFrame(2).toBytes());
        wire.stream(NAMED.toFrame(2).toBytes());
        assertEquals(2 * ask.bytes(), handler.last().bytesReceived());
    }

    @Test
    void dropsADatagramThatWasNotAnnounced() {
        wire.stream(NAMED.toFrame(1).toBytes());
        wire.datagram(slice(3, 0));
        wire.datagram(slice(0, 2));
        assertEquals(2, edge.edge.counters().slices(LinkCounters.Slice.DROPPED));
        assertEquals(0, handler.slices.size());
        wire.datagram(slice(2, 1));
        assertEquals(1, handler.slices.size());
    }

    @Test
    void endsTheConnectionThatStreamsASliceTooMany() {
        wire.stream(NAMED.toFrame(1).toBytes());
        wire.stream(slice(2, 1));
        wire.stream(slice(3, 0));
        assertTrue(wire.error(0, ErrorCode.MALFORMED_FRAME).contains("announced 3 slices of 2 tiles"));
    }

    @Test
    void endsTheConnectionThatStreamsATileTooMany() {
        wire.stream(NAMED.toFrame(1).toBytes());
        wire.stream(slice(0, 2));
        assertTrue(wire.error(0, ErrorCode.MALFORMED_FRAME).contains("tile [2]"));
        assertEquals(0, edge.edge.counters().open());
    }

    private static byte[] slice(int index, int tile) {
        return Frame.slice(1, new Slice(index, tile, new byte[]{1, 2, 3})).toBytes();
    }
}
