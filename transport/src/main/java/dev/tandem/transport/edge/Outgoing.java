package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.session.PartBuffer;
import dev.tandem.transport.wire.ByteShare;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The speaking half of an {@link EdgeExchange}: its parts in their order, its end behind them. Parts are taken from any
 * thread and never block it; they leave on the event loop while the device reads, and what it does not take ends the
 * exchange (docs/wire.md, section 4).
 */
final class Outgoing {
    static final int MOST_BYTES = 1 << 20;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long FLOOR_BYTES_PER_SECOND = 8_000;
    /**
     * While parts wait they are looked at this often: a new stream after a change of address does not say that it is
     * writable.
     */
    private static final long LOOK_MILLIS = 100;

    private final EdgeExchange exchange;
    private final Wire wire;
    /** Guarded by itself. */
    private final PartBuffer parts = new PartBuffer(MOST_BYTES, TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS),
            FLOOR_BYTES_PER_SECOND);
    private volatile Runnable end;
    private final ByteShare share;
    /** Guarded by the parts. */
    private boolean stopped;
    private int sequence;
    private ScheduledFuture<?> look;

    Outgoing(EdgeExchange exchange, Wire wire, ByteShare share) {
        this.exchange = exchange;
        this.share = share;
        this.wire = wire;
    }

    /** Any thread. */
    void add(Part part) {
        boolean first;
        boolean room;
        int bytes = PartBuffer.size(part);
        if (!share.take(bytes)) {
            exchange.end(ErrorCode.OVERLOADED, share.refusal(bytes));
            return;
        }
        synchronized (parts) {
            first = parts.isEmpty();
            room = !stopped && parts.add(part, wire.loop().ticker().nanoTime());
        }
        if (!room) {
            share.give(bytes);
            exchange.end(ErrorCode.OVERLOADED, "the device takes the answer too slowly: more than [" + MOST_BYTES
                    + "] bytes of it would wait");
        } else if (first) {
            exchange.onLoop(this::drain);
        }
    }

    /**
     * No part follows; {@code then} runs on the event loop when all have left, unless the exchange ends before. Any
     * thread.
     */
    void close(Runnable then) {
        end = then;
        exchange.onLoop(this::drain);
    }

    /** Sends what the device takes. Event loop only. */
    void drain() {
        while (!exchange.ended() && wire.writable(exchange.id())) {
            Part next = take();
            if (next == null) {
                break;
            }
            share.give(PartBuffer.size(next)); // the wire counts it from here on
            wire.send(next.toFrame(exchange.id(), sequence++));
        }
        if (exchange.ended()) {
            return;
        }
        if (!isEmpty()) {
            lookLater();
        } else if (end != null) {
            end.run();
        }
    }

    private Part take() {
        synchronized (parts) {
            return parts.take(wire.loop().ticker().nanoTime());
        }
    }

    private boolean isEmpty() {
        synchronized (parts) {
            return parts.isEmpty();
        }
    }

    private void lookLater() {
        if (look == null) {
            look = wire.loop().schedule(() -> exchange.onLoop(this::look), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        look = null;
        boolean stalled;
        synchronized (parts) {
            stalled = parts.stalled(wire.queuedBytes(exchange.id()), wire.loop().ticker().nanoTime());
        }
        if (stalled) {
            exchange.end(ErrorCode.OVERLOADED, "the device takes the answer too slowly: nothing of it for ["
                    + PATIENCE_MILLIS + "] ms, and more of it waits");
        } else {
            drain();
        }
    }

    /** What waits is dropped. Event loop only. */
    void stop() {
        if (look != null) {
            look.cancel(false);
        }
        synchronized (parts) {
            stopped = true;
            share.give(parts.bytes());
            parts.clear();
        }
    }
}
