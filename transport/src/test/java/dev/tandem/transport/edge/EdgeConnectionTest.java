package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One connection from its hello to its end. */
class EdgeConnectionTest {
    private final HeardArrivals handler = new HeardArrivals();
    private final List<LinkState> measured = new ArrayList<>();
    private final FuzzEdge edge = new FuzzEdge(handler, measured::add);
    private final HeardWire wire = new HeardWire(edge);
    private final EdgeConnection connection = wire.connection;

    private void refused(Hello hello, ErrorCode code) {
        wire.stream(hello.toFrame().toBytes());
        assertTrue(wire.error(0, code).startsWith("hello refused"));
        assertEquals(1, edge.edge.counters().ended(code));
        assertEquals(0, edge.edge.counters().connections(Transport.QUIC));
        assertTrue(wire.deaf);
        wire.hello();
        assertEquals(1, wire.heard.size(), "it hears nothing more");
        wire.pass(999);
        assertEquals(List.of(), wire.closed, "the reason goes first");
        wire.pass(1);
        assertEquals(1, wire.closed.size());
        edge.checkEnded();
    }

    @Test
    void refusesAnotherVersion() {
        refused(new Hello(new Hello.Versions(Hello.VERSION + 1, Hello.VERSION + 2), Links.PACK, "test"),
                ErrorCode.UNSUPPORTED_VERSION);
    }

    @Test
    void refusesAnotherPack() {
        refused(Hello.of(Links.strangePack(), "test"), ErrorCode.PACK_MISMATCH);
    }

    @Test
    void answersAHelloAndAPing() {
        wire.hello();
        assertEquals(FrameType.HELLO_ACK, wire.heard.getLast().type());
        assertEquals(1, edge.edge.counters().connections(Transport.QUIC));
        wire.stream(Frame.of(FrameType.PING, 0, new byte[]{1, 2, 3, 4, 5, 6, 7, 8}).toBytes());
        assertEquals(FrameType.PONG, wire.heard.getLast().type());
        assertArrayEquals(new byte[]{1, 2, 3, 4, 5, 6, 7, 8}, wire.heard.getLast().payload());
        wire.stream(Frame.of(FrameType.PONG, 0, new byte[8]).toBytes());
        assertEquals(List.of(), wire.closed);
    }

    @Test
    void closesWhenTheDeviceSaysGoodbyeOrReportsAnError() {
        wire.hello();
        wire.stream(new Bye("enough").toFrame().toBytes());
        assertEquals(List.of("the device said goodbye: enough"), wire.closed);
        HeardWire other = new HeardWire(edge).hello();
        other.stream(Failure.of(ErrorCode.ANSWER_FAILED, "I am broken").toFrame(0).toBytes());
        assertEquals(List.of("the device reported: I am broken"), other.closed);
        edge.checkEnded();
    }

    @Test
    void endsAnExchangeThatTheDeviceCancelsOrReportsOrWhoseStreamEnds() {
        wire.hello();
        for (int id = 1; id <= 3; id++) {
            wire.ask(id, 1);
        }
        wire.stream(Frame.cancel(1).toBytes());
        wire.error(1, ErrorCode.CANCELLED);
        wire.stream(Failure.of(ErrorCode.ANSWER_FAILED, "I am broken").toFrame(2).toBytes());
        wire.error(2, ErrorCode.CANCELLED);
        wire.ledger().streamEnded(3);
        wire.error(3, ErrorCode.CANCELLED);
        wire.stream(Frame.cancel(3).toBytes());
        assertEquals(1, edge.edge.counters().lateFrames());
        assertEquals(0, edge.edge.counters().open());
        wire.stream(Frame.cancel(4).toBytes());
        wire.error(0, ErrorCode.MALFORMED_FRAME);
        wire.ledger().streamEnded(4);
        assertEquals(1, edge.said.get(ErrorCode.MALFORMED_FRAME), "it hears nothing more");
    }

    @Test
    void saysWhyAConnectionBroke() {
        wire.hello();
        connection.broken(new IOException("reset by peer"));
        connection.broken(new IOException("again"));
        assertEquals(1, wire.closed.size());
        assertTrue(wire.closed.getFirst().startsWith("the connection broke: "));
        assertTrue(wire.closed.getFirst().contains("reset by peer"));
        edge.checkEnded();
    }

    @Test
    void countsAHandshakeThatBroke() {
        connection.broken(new IOException("reset by peer"));
        connection.broken(new IOException("again"));
        assertEquals(1, edge.edge.counters().ended(ErrorCode.TLS_FAILED));
        assertEquals(1, wire.closed.size());
        assertTrue(wire.closed.getFirst().contains("TLS handshake"));
    }

    @Test
    void countsACopyOfAnAskThatCannotBeRead() {
        wire.hello();
        wire.datagram(Frame.of(FrameType.ASK, 1, new byte[]{1}).toBytes());
        assertEquals(1, edge.edge.counters().badDatagrams());
        assertEquals(List.of(), wire.closed);
        wire.stream(new Bye("enough").toFrame().toBytes());
        wire.datagram(Frame.of(FrameType.ASK, 1, new byte[]{1}).toBytes());
        assertEquals(1, edge.edge.counters().badDatagrams(), "it hears nothing more");
    }

    @Test
    void tellsADeviceThatMovesItsCreditAgain() {
        wire.ledger().moved();
        assertEquals(List.of(), wire.heard, "no hello yet");
        wire.hello();
        wire.ledger().moved();
        assertEquals(FrameType.CREDIT, wire.heard.getLast().type());
        wire.stream(new byte[100]);
        wire.error(0, ErrorCode.MALFORMED_FRAME);
        wire.ledger().moved();
        assertEquals(3, edge.edge.counters().moves());
        wire.error(0, ErrorCode.MALFORMED_FRAME);
    }

    @Test
    void tellsNothingOfSlicesOnceItEnds() {
        wire.hello();
        wire.datagram(new byte[]{1});
        wire.stream(new byte[100]);
        wire.pass(1_000);
        wire.error(0, ErrorCode.MALFORMED_FRAME);
    }

    @Test
    void measuresTheLinkAtEachAnswer() {
        wire.hello();
        wire.rttNanos = 7;
        wire.ask(1, 0);
        handler.last().fail("no");
        assertEquals(List.of(), measured);
        wire.ask(2, 0);
        handler.last().done(HeardArrivals.SUMMARY);
        assertEquals(1, measured.size());
        assertEquals(7, measured.getFirst().rttNanos());
        assertEquals(1, edge.edge.counters().answered());
    }

    @Test
    void forgetsADeviceThatHasGone() {
        wire.hello();
        wire.ask(1, 1);
        wire.close("gone");
        assertTrue(handler.last().cancelled());
        assertEquals(0, edge.edge.connections().size());
        assertEquals(1, edge.edge.counters().ended(ErrorCode.PEER_CLOSED));
        assertFalse(wire.heard.getLast().type() == FrameType.ERROR, "nobody is there to be told");
        assertEquals(-1, wire.pass(0), "a clock goes on");
    }
}
