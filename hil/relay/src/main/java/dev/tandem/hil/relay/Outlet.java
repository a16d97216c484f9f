package dev.tandem.hil.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;

/**
 * The far half of a {@link Pump}: segments on their way, and the channel that they are written to when they arrive.
 * Owns the payloads from {@link #add} until they are written. Only the event loop touches it.
 */
final class Outlet {
    private final Way way;
    private final Link link;
    private final Counters counters;
    private final int headerBytes;
    private final Runnable end;
    private final SegmentQueue<ByteBuf> queue = new SegmentQueue<>();
    private SocketChannel to;
    /** There is no receiver any more. */
    private boolean gone;

    /** {@code end} runs when the stream's end, a segment without payload, has arrived. */
    Outlet(Way way, Link link, Counters counters, int headerBytes, Runnable end) {
        this.way = way;
        this.link = link;
        this.counters = counters;
        this.headerBytes = headerBytes;
        this.end = end;
    }

    void start(SocketChannel target) {
        to = target;
    }

    SocketChannel target() {
        return to;
    }

    void add(Segment<ByteBuf> segment) {
        queue.add(segment);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Payload that is on its way. */
    long bytes() {
        return queue.bytes();
    }

    boolean gone() {
        return gone;
    }

    /**
     * Writes what has arrived, as far as the receiver takes it; when it is worth coming again, or {@link Link#NEVER}.
     */
    long drain() {
        if (to == null || gone) {
            return Link.NEVER;
        }
        long now = link.nowNs();
        boolean cut = link.cut(now);
        boolean wrote = false;
        for (Segment<ByteBuf> next; to.isWritable() && (next = queue.take(now, cut)) != null; wrote = true) {
            if (next.payload() == null) {
                end.run();
            } else {
                counters.delivered(way, next.bytes() + headerBytes);
                to.write(next.payload());
            }
        }
        if (wrote) {
            to.flush();
        }
        return to.isWritable() && !gone ? queue.nextNs() : Link.NEVER;
    }

    /** Releases what was on its way: nobody is there to take it. */
    void discard() {
        gone = true;
        for (Segment<ByteBuf> each = queue.remove(); each != null; each = queue.remove()) {
            if (each.payload() != null) {
                each.payload().release();
            }
        }
    }
}
