package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.Gathering;
import dev.tandem.transport.session.ReceiptClock;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Waits for one exchange's missing slices: begins the answer when the wait is over and, where slices can be lost, tells the device what
 * is here after each quiet time (docs/wire.md, section 7). Event loop only.
 */
final class SliceWatch {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final Wire wire;
    private final EdgeExchange exchange;
    private final Runnable due;
    private final ReceiptClock receipts = new ReceiptClock(QUIET_NANOS);
    private final boolean lossy;
    private ScheduledFuture<?> timer;
    private boolean stopped;

    SliceWatch(Wire wire, EdgeExchange exchange, Runnable due) {
        this.wire = wire;
        this.exchange = exchange;
        this.due = due;
        this.lossy = wire.datagramBytes() > 0;
        receipts.arrived(System.nanoTime());
        look();
    }

    void arrived() {
        receipts.arrived(System.nanoTime());
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        Gathering gathering = exchange.gathering();
        long now = System.nanoTime();
        if (gathering.due(now)) {
            due.run();
            return;
        }
        if (lossy && receipts.dueInNanos(now) <= 0) {
            wire.send(new Received(gathering.announced(), gathering.received()).toFrame(exchange.id()));
            receipts.told(now);
        }
        long next = gathering.dueInNanos(now);
        if (lossy) {
            next = Math.min(next, receipts.dueInNanos(now));
        }
        if (next != Long.MAX_VALUE) {
            timer = wire.loop().schedule(this::look, next, TimeUnit.NANOSECONDS);
        }
    }
}
