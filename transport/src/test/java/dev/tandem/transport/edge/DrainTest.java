package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection of an edge that shuts down. */
class DrainTest {
    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge);
    private final EdgeConnection connection = wire.connection;

    private void assertClosed() {
        assertEquals(List.of("the edge has shut down"), wire.closed);
        edge.checkEnded();
    }

    @Test
    void closesBehindTheLastExchange() {
        wire.hello();
        wire.ask(1, 0);
        wire.ask(2, 0);
        connection.drain();
        assertEquals("the edge is shutting down", Bye.read(wire.heard(FrameType.BYE).getFirst()).reason());
        wire.ask(3, 0);
        wire.error(3, ErrorCode.SHUTTING_DOWN);
        assertEquals(2, handler.opened.size());
        handler.opened.get(0).done(HeardArrivals.SUMMARY);
        assertEquals(List.of(), wire.closed);
        handler.opened.get(1).done(HeardArrivals.SUMMARY);
        assertClosed();
    }

    @Test
    void closesAtOnceWithoutExchanges() {
        wire.hello();
        connection.drain();
        assertEquals(1, wire.heard(FrameType.BYE).size());
        assertClosed();
    }

    @Test
    void saysNothingBeforeTheHello() {
        connection.drain();
        assertEquals(List.of(), wire.heard);
        assertClosed();
    }

    @Test
    void saysNothingToADeviceThatWasRefused() {
        wire.stream(new byte[100]);
        connection.drain();
        wire.error(0, ErrorCode.MALFORMED_FRAME);
        assertEquals(List.of(), wire.closed, "the reason goes first");
    }

    @Test
    void goesOnWithoutADrain() {
        wire.hello();
        wire.ask(1, 0);
        handler.last().done(HeardArrivals.SUMMARY);
        assertEquals(List.of(), wire.closed);
    }

    @Test
    void endsWhatIsLeftWhenItIsAborted() {
        wire.hello();
        wire.ask(1, 0);
        connection.abort("no time");
        assertEquals("no time", wire.error(1, ErrorCode.SHUTTING_DOWN));
        assertEquals(List.of("no time"), wire.closed);
        assertTrue(handler.last().cancelled());
        edge.checkEnded();
    }
}
