package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Asked;
import dev.tandem.transport.Links;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Slice;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts and ends of one exchange while its device reads, reads slowly, or not at all. */
class OutgoingTest {
    private static final AnswerSummary SUMMARY = new AnswerSummary("", Map.of(), Map.of());

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final FuzzEdge edge = new FuzzEdge(this::opened);
    private final FuzzWire wire = new FuzzWire(edge, loop);
    private IncomingExchange exchange;

    private Arrival opened(IncomingExchange opened) {
        exchange = opened;
        return new Arrival() {
            @Override
            public void slices(List<Slice> fresh) {
                // none is asked for
            }

            @Override
            public void ready() {
                // the test answers
            }
        };
    }

    @BeforeEach
    void ask() {
        loop.freezeTime();
        wire.stream(Hello.of(Links.PACK, "test").toFrame().toBytes());
        wire.stream(Links.handmade("?", 0).toFrame(1).toBytes());
    }

    @AfterEach
    void end() {
        wire.close("done");
        loop.runPendingTasks();
        edge.checkEnded();
        assertEquals(-1, loop.runScheduledPendingTasks(), "a clock goes on");
        loop.close();
    }

    @Test
    void holdsPartsAndTheEndBehindThemUntilTheDeviceReads() {
        wire.stuck(0);
        exchange.part(Asked.WORDS, new byte[9]);
        exchange.part(Asked.WORDS, new byte[9]);
        exchange.done(SUMMARY);
        assertTrue(exchange.cancelled(), "it wants no more parts");
        exchange.part(Asked.WORDS, new byte[9]);
        assertEquals(0, wire.ledger().answered);
        assertEquals(1, edge.edge.counters().open());
        wire.stuck(-1);
        assertEquals(1, wire.ledger().answered);
        assertEquals(2, wire.ledger().parts);
    }

    @Test
    void endsWhatTheDeviceDoesNotTakeForFiveSeconds() {
        wire.stuck(100);
        exchange.part(Asked.WORDS, new byte[9]);
        advance(4_800);
        wire.stuck(99);
        advance(4_800);
        assertFalse(exchange.cancelled(), "it takes, though slowly");
        advance(300);
        assertTrue(exchange.cancelled());
        assertEquals(1, edge.said.get(ErrorCode.OVERLOADED));
    }

    @Test
    void endsWhatTheDeviceDoesNotTakeThoughItsHandlerIsDone() {
        wire.stuck(100);
        exchange.part(Asked.WORDS, new byte[9]);
        exchange.done(SUMMARY);
        advance(5_200);
        assertEquals(1, edge.said.get(ErrorCode.OVERLOADED));
        wire.stuck(-1);
        assertEquals(0, wire.ledger().answered);
    }

    @Test
    void seesByItselfThatTheDeviceReadsAgain() {
        wire.stuck(0);
        exchange.part(Asked.WORDS, new byte[9]);
        wire.stuckSilently(-1);
        advance(200);
        assertEquals(1, wire.ledger().parts);
    }

    @Test
    void keepsAMegabyteAndNoMore() {
        wire.stuck(0);
        exchange.part(Asked.WORDS, new byte[Part.MAX_BYTES]);
        assertFalse(exchange.cancelled(), "one part always has room");
        exchange.part(Asked.WORDS, new byte[1]);
        assertTrue(exchange.cancelled());
        assertEquals(1, edge.said.get(ErrorCode.OVERLOADED));
    }

    @Test
    void endsOnceHoweverItEnds() {
        AtomicInteger ends = new AtomicInteger();
        exchange.onEnd(ends::incrementAndGet);
        exchange.onEnd(() -> {
            throw new IllegalStateException("a mistake of the handler's");
        });
        wire.stuck(0);
        exchange.part(Asked.WORDS, new byte[9]);
        exchange.fail("no model");
        assertEquals(0, ends.get(), "its end waits behind the part");
        wire.stream(Frame.cancel(1).toBytes());
        assertEquals(1, ends.get());
        assertEquals(1, edge.said.get(ErrorCode.CANCELLED));
        assertEquals(0, edge.said.get(ErrorCode.ANSWER_FAILED));
        exchange.done(SUMMARY);
        exchange.onEnd(ends::incrementAndGet);
        assertEquals(2, ends.get());
    }

    private void advance(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            loop.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            loop.runScheduledPendingTasks();
        }
    }
}
