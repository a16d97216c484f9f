package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of an ASK in a datagram, and ASKs that overtake one another: each question is answered once. */
class AskCopyTest {
    private final FuzzEdge edge = new FuzzEdge();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final FuzzWire wire = new FuzzWire(edge, loop);

    @BeforeEach
    void hello() {
        wire.stream(Hello.of(Links.PACK, "test").toFrame().toBytes());
    }

    @AfterEach
    void end() {
        wire.close("done");
        loop.runPendingTasks();
        edge.checkEnded();
        loop.close();
    }

    @Test
    void answersFromTheCopyAndIgnoreTheStreams() {
        wire.datagram(slice(1, 0));
        wire.datagram(ask(1));
        edge.answerOne();
        loop.runPendingTasks();
        assertEquals(1, wire.ledger().answered);
        wire.stream(ask(1));
        wire.datagram(ask(1));
        wire.stream(slice(1, 0));
        loop.runPendingTasks();
        assertEquals(1, wire.ledger().answered);
        assertEquals(1, wire.ledger().asked);
    }

    @Test
    void ignoresTheCopyBehindTheStreams() {
        wire.stream(ask(1));
        wire.datagram(ask(1));
        wire.stream(slice(1, 0));
        edge.answerOne();
        loop.runPendingTasks();
        assertEquals(1, wire.ledger().answered);
    }

    @Test
    void takesAsksThatOvertakeOneAnother() {
        wire.stream(ask(2));
        wire.datagram(slice(1, 0));
        wire.stream(slice(2, 0));
        wire.stream(ask(1));
        edge.answerOne();
        edge.answerOne();
        loop.runPendingTasks();
        assertEquals(2, wire.ledger().answered);
        wire.stream(ask(1));
        assertEquals(1, edge.said.get(ErrorCode.UNEXPECTED_FRAME), "an id is used once");
    }

    @Test
    void opensNoMoreByCopiesThanMayBeInFlight() {
        for (int id = 1; id <= FuzzEdge.LIMITS.inFlight(); id++) {
            wire.datagram(ask(id));
            wire.datagram(slice(id, 0));
            edge.answerOne();
            loop.runPendingTasks();
        }
        wire.datagram(ask(FuzzEdge.LIMITS.inFlight() + 1L));
        assertEquals(FuzzEdge.LIMITS.inFlight(), wire.ledger().asked, "streams must come first");
        wire.datagram(ask(99));
        assertEquals(0, edge.edge.counters().open(), "too far ahead");
    }

    private static byte[] ask(long id) {
        return Links.handmade("how many?", 1).toFrame(id).toBytes();
    }

    private static byte[] slice(long id, int index) {
        return new Frame(FrameType.SLICE, id, index, new byte[]{1, 2, 3}).toBytes();
    }
}
