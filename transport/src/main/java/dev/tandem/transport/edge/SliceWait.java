package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.Gathering;
import dev.tandem.transport.session.ReceiptClock;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The arriving half of an {@link EdgeExchange}: hands slices to the handler as they come, says when answering may
 * begin, and where slices can be lost tells the device what is here after each quiet time (docs/wire.md, section 7).
 * Event loop only, except where said.
 */
final class SliceWait {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final EdgeExchange exchange;
    private final Wire wire;
    private final Edge edge;
    private final Gathering gathering;
    private final ReceiptClock receipts = new ReceiptClock(QUIET_NANOS);
    private final boolean lossy;
    private Arrival arrival;
    private volatile int used;
    private ScheduledFuture<?> timer;

    SliceWait(EdgeExchange exchange, Wire wire, Edge edge, Ask ask) {
        this.exchange = exchange;
        this.wire = wire;
        this.edge = edge;
        this.gathering = new Gathering(ask.slices(), ask.need(), edge.settings().limits().exchangeBytes(),
                System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(ask.decodeWaitMillis()));
        this.lossy = wire.datagramBytes() > 0;
    }

    /** Who is to hear of the slices. */
    void open(Arrival listener) {
        arrival = listener;
    }

    int gathered() {
        return gathering.gathered();
    }

    /** Slices that are here, once answering has begun those that were here then. Any thread. */
    int used() {
        return used;
    }

    /** Takes a slice whose index was announced. */
    Gathering.Outcome take(Slice slice) {
        Gathering.Outcome outcome = gathering.add(slice);
        if (outcome == Gathering.Outcome.KEPT) {
            if (!exchange.hold(slice.bytes().length)) {
                return outcome;
            }
            used = gathering.gathered();
            receipts.arrived(System.nanoTime());
            tell(() -> arrival.slices(List.of(slice)));
            beginIfDue();
        }
        return outcome;
    }

    /** Begins the answer when it is due, and waits until then. */
    void await() {
        receipts.arrived(System.nanoTime());
        look();
    }

    private void look() {
        if (exchange.cancelled() || gathering.begun() || beginIfDue()) {
            return;
        }
        long now = System.nanoTime();
        if (lossy && receipts.dueInNanos(now) <= 0) {
            if (wire.writable(exchange.id())) {
                wire.send(new Received(gathering.announced(), gathering.received()).toFrame(exchange.id()));
            }
            receipts.told(now);
        }
        long next = gathering.dueInNanos(now);
        if (lossy) {
            next = Math.min(next, receipts.dueInNanos(now));
        }
        if (next != Long.MAX_VALUE) {
            timer = wire.loop().schedule(() -> exchange.onLoop(this::look), next, TimeUnit.NANOSECONDS);
        }
    }

    private boolean beginIfDue() {
        if (gathering.begun() || exchange.cancelled() || !gathering.due(System.nanoTime())) {
            return false;
        }
        stop();
        gathering.begin();
        edge.counters().countUsed(used);
        tell(arrival::ready);
        return true;
    }

    private void tell(Runnable what) {
        if (!exchange.cancelled()) {
            exchange.handled(what);
        }
    }

    /** It waits no longer. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
