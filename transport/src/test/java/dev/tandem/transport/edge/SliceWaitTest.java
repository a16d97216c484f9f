package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Asked;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Received;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What the handler and the device hear while slices come, and when the answer begins. */
class SliceWaitTest {
    private static final long LONG_MILLIS = 30_000;

    private final HeardArrivals handler = new HeardArrivals();
    private final FuzzEdge edge = new FuzzEdge(handler);
    private final HeardWire wire = new HeardWire(edge).hello();

    private void ask(int slices, int waitMillis, int deadlineMillis) {
        wire.stream(new Ask(1, slices, 1, Need.ANY, deadlineMillis, waitMillis, "", "", Asked.QUESTION, new byte[]{1})
                .toFrame(1).toBytes());
    }

    /** Lets time pass, on the loop and in fact, until it is so; fails where it never is. */
    private void await(BooleanSupplier so) throws InterruptedException {
        for (long left = LONG_MILLIS; !so.getAsBoolean() && left > 0; left -= 5) {
            Thread.sleep(5);
            wire.pass(5);
        }
        assertTrue(so.getAsBoolean());
    }

    private List<Received> received() {
        return wire.heard(FrameType.RECEIVED).stream().map(Received::read).toList();
    }

    @Test
    void answersATaskWithoutSlicesAtOnce() {
        wire.ask(1, 0);
        assertEquals(1, handler.ready);
        assertEquals(List.of(), handler.slices);
    }

    @Test
    void handsSlicesOnAsTheyComeAndBeginsWithTheLast() {
        wire.datagram(HeardWire.slice(1, 2));
        wire.ask(1, 3);
        assertEquals(List.of(2), handler.indices());
        wire.stream(HeardWire.slice(1, 0));
        wire.stream(HeardWire.slice(1, 0));
        assertEquals(List.of(2, 0), handler.indices());
        assertEquals(0, handler.ready);
        wire.datagram(HeardWire.slice(1, 1));
        assertEquals(List.of(2, 0, 1), handler.indices());
        assertEquals(1, handler.ready);
        assertEquals(3, edge.edge.counters().slicesUsed());
        handler.last().done(HeardArrivals.SUMMARY);
        assertEquals(3, Done.read(wire.heard.getLast()).slicesUsed());
        assertEquals(3, edge.edge.counters().slicesAnnounced());
    }

    @Test
    void tellsTheDeviceWhatIsHereWhenNothingComes() throws InterruptedException {
        ask(3, 0, 0);
        await(() -> received().size() == 1);
        assertArrayEquals(new byte[]{0}, received().getFirst().bitmap());
        wire.stream(HeardWire.slice(1, 1));
        await(() -> received().size() == 2);
        assertArrayEquals(new byte[]{2}, received().getLast().bitmap());
        assertEquals(3, received().getLast().slices());
        await(() -> received().size() == 3);
        wire.stream(HeardWire.slice(1, 0));
        wire.stream(HeardWire.slice(1, 2));
        assertEquals(1, handler.ready);
        int told = received().size();
        wire.pass(2_000);
        assertEquals(told, received().size(), "all is here");
        handler.last().done(HeardArrivals.SUMMARY);
        assertNotEquals(0, wire.pass(0));
    }

    @Test
    void asksNotAfterSlicesOnAWireThatLosesNothing() throws InterruptedException {
        wire.lossless = true;
        ask(2, 0, 0);
        wire.stream(HeardWire.slice(1, 1));
        for (int i = 0; i < 10; i++) {
            Thread.sleep(5);
            wire.pass(100);
        }
        assertEquals(List.of(), received());
        assertEquals(0, handler.ready);
    }

    @Test
    void beginsWithWhatIsHereWhenTheWaitIsOver() throws InterruptedException {
        for (boolean lossless : new boolean[]{false, true}) {
            HeardArrivals heard = new HeardArrivals();
            FuzzEdge other = new FuzzEdge(heard);
            HeardWire fresh = new HeardWire(other).hello();
            fresh.lossless = lossless;
            fresh.stream(new Ask(1, 3, 1, Need.ANY, 0, 60, "", "", Asked.QUESTION, new byte[]{1}).toFrame(1).toBytes());
            fresh.stream(HeardWire.slice(1, 1));
            for (long left = LONG_MILLIS; heard.ready == 0 && left > 0; left -= 5) {
                Thread.sleep(5);
                fresh.pass(5);
            }
            assertEquals(1, heard.ready);
            fresh.stream(HeardWire.slice(1, 2));
            assertEquals(List.of(1), heard.indices(), "no slice follows");
            assertEquals(1, other.edge.counters().slices(LinkCounters.Slice.LATE));
            heard.last().done(HeardArrivals.SUMMARY);
            assertEquals(1, Done.read(fresh.heard.getLast()).slicesUsed());
            assertEquals(3, Done.read(fresh.heard.getLast()).slicesAnnounced());
        }
    }

    @Test
    void endsAtTheDeadlineWithWhatWasHere() {
        ask(3, 0, 500);
        wire.stream(HeardWire.slice(1, 1));
        wire.stream(HeardWire.slice(1, 2));
        wire.pass(499);
        assertEquals(1, edge.edge.counters().open());
        wire.pass(1);
        assertEquals("no answer within the deadline of [500] ms, [2] of [3] slices were here",
                wire.error(1, ErrorCode.DEADLINE_EXCEEDED));
        assertEquals(0, handler.ready);
        int told = received().size();
        wire.pass(1_000);
        assertEquals(told, received().size(), "it has ended");
    }

    @Test
    void keepsToItsOwnLongestDeadline() {
        ask(1, 0, 0);
        wire.pass(59_999);
        assertEquals(1, edge.edge.counters().open());
        wire.pass(1);
        assertTrue(wire.error(1, ErrorCode.DEADLINE_EXCEEDED).contains("[60000] ms"));
    }

    @Test
    void tellsAHandlerThatHasEndedItNothingMore() {
        ask(2, 0, 0);
        handler.onSlices = () -> handler.last().fail("one is enough");
        wire.stream(HeardWire.slice(1, 0));
        wire.error(1, ErrorCode.ANSWER_FAILED);
        wire.stream(HeardWire.slice(1, 1));
        assertEquals(List.of(0), handler.indices());
        assertEquals(0, handler.ready);
    }

    @Test
    void endsTheExchangeWhoseSlicesAreTooManyBytes() {
        ask(6, 0, 0);
        for (int i = 0; i < 3; i++) {
            wire.stream(new Frame(FrameType.SLICE, 1, i, new byte[400]).toBytes());
        }
        assertTrue(wire.error(1, ErrorCode.EXCHANGE_TOO_LARGE).contains("more than [900] bytes"));
    }
}
