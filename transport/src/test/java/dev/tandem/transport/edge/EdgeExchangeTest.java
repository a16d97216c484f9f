package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How exchanges end, and what goes back to the device when they do. */
class EdgeExchangeTest {
    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge).hello();

    private void end(String words) {
        assertTrue(wire.error(1, ErrorCode.ANSWER_FAILED).contains(words));
        assertTrue(handler.opened.isEmpty() || handler.last().cancelled());
        assertEquals(List.of(1L), wire.finished);
        wire.close("done");
        edge.checkEnded();
    }

    @Test
    void endsWithTheWordsOfAHandlerThatThrows() {
        handler.onReady = () -> {
            throw new IllegalStateException("a mistake");
        };
        wire.ask(1, 0);
        end("a mistake");
    }

    @Test
    void endsWhenSlicesAreTooMuchForItsHandler() {
        handler.onSlices = () -> {
            throw new IllegalStateException("a bad slice");
        };
        wire.ask(1, 2);
        wire.stream(HeardWire.slice(1, 1));
        end("a bad slice");
    }

    @Test
    void goesOnAfterAnErrorOfTheMachineWhichItCountsAndTellsTheDevice() {
        handler.onReady = () -> {
            throw new StackOverflowError("too deep");
        };
        wire.ask(1, 0);
        assertEquals(1, edge.edge.counters().faults());
        end("too deep");
    }

    @Test
    void saysOnceThatAHandlerFailed() {
        handler.onReady = () -> {
            handler.last().fail("the first end");
            throw new IllegalStateException("the second");
        };
        wire.ask(1, 0);
        end("the first end");
        assertEquals(1, edge.edge.counters().ended(ErrorCode.ANSWER_FAILED));
    }

    @Test
    void failsOnlyWithCodesThatTravel() {
        wire.ask(1, 0);
        assertThrows(IllegalArgumentException.class, () -> handler.last().fail(ErrorCode.PEER_CLOSED, "no"));
        assertFalse(handler.last().cancelled());
        handler.last().fail(ErrorCode.UNKNOWN_OPERATING_POINT, "no such point");
        assertEquals("no such point", wire.error(1, ErrorCode.UNKNOWN_OPERATING_POINT));
    }

    @Test
    void endsEachOnce() {
        wire.ask(1, 0);
        EdgeExchange exchange = (EdgeExchange) handler.last();
        assertTrue(exchange.end(ErrorCode.OVERLOADED, "the first"));
        assertFalse(exchange.end(ErrorCode.OVERLOADED, "the second"));
        assertEquals(1, edge.edge.counters().ended(ErrorCode.OVERLOADED));
    }

    @Test
    void givesPlaceAndCreditBack() {
        int inFlight = FuzzEdge.LIMITS.inFlight();
        for (int id = 1; id <= inFlight; id++) {
            wire.ask(id, 0);
        }
        wire.ask(inFlight + 1, 0);
        wire.error(inFlight + 1, ErrorCode.TOO_MANY_EXCHANGES);
        assertEquals(List.of(inFlight + 1L), wire.finished, "a refused one is done with");
        assertEquals(List.of(inFlight + 1), credits(), "and counts for nothing");
        handler.opened.get(0).done(HeardArrivals.SUMMARY);
        assertEquals(List.of(inFlight + 1L, 1L), wire.finished);
        assertEquals(List.of(inFlight + 1, inFlight + 2), credits());
        wire.ask(inFlight + 2, 0);
        assertEquals(inFlight + 1, handler.opened.size(), "there is a place again");
        handler.opened.get(1).fail("no");
        assertEquals(List.of(inFlight + 1, inFlight + 2, inFlight + 3), credits());
    }

    private List<Integer> credits() {
        return wire.heard(FrameType.CREDIT).stream().map(each -> Credit.read(each).exchanges()).toList();
    }

    @Test
    void tellsNoCreditWhileThereIsEnough() {
        wire.ask(1, 0);
        handler.last().done(HeardArrivals.SUMMARY);
        assertEquals(List.of(), credits(), "two of three are left");
        wire.ask(2, 0);
        handler.last().done(HeardArrivals.SUMMARY);
        assertEquals(List.of(FuzzEdge.LIMITS.inFlight() + 2), credits());
    }

    @Test
    void expectsTheStreamOfACopy() {
        wire.datagram(Links.handmade("?", 1).toFrame(FuzzEdge.LIMITS.inFlight() + 1L).toBytes());
        assertEquals(List.of(), wire.expected, "too far ahead");
        wire.datagram(Links.handmade("?", 1).toFrame(FuzzEdge.LIMITS.inFlight()).toBytes());
        assertEquals(List.of((long) FuzzEdge.LIMITS.inFlight()), wire.expected);
        assertEquals(1, handler.opened.size());
    }
}
