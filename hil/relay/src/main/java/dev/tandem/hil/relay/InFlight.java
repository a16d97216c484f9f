package dev.tandem.hil.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Datagrams on their way, by the time at which they are due; equal times keep their order. Owns the payloads from
 * {@link #add} until it hands them to the receiver, or drops them. Only the event loop touches it.
 */
final class InFlight {
    /** A link without a rate and with a long delay would hold whatever is thrown at it. */
    private static final long MOST_BYTES = 64L << 20;

    private final Link link;
    private final Consumer<Datagram> receiver;
    private final PriorityQueue<Datagram> queue = new PriorityQueue<>();
    private long added;
    private long bytes;
    private final Alarm alarm;

    /** One of them; whoever holds it owns the payload. */
    record Datagram(long dueNs, long place, Way way, UdpSession session,
            ByteBuf payload) implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            int byTime = Long.compare(dueNs, other.dueNs);
            return byTime != 0 ? byTime : Long.compare(place, other.place);
        }
    }

    InFlight(EventLoop loop, Link link, Consumer<Datagram> receiver) {
        this.alarm = new Alarm(loop, link, this::handOut);
        this.link = link;
        this.receiver = receiver;
    }

    boolean hasRoom(int size) {
        return bytes + size <= MOST_BYTES;
    }

    /** Takes over the payload. What is due is handed out at once. */
    void add(long dueNs, Way way, UdpSession session, ByteBuf payload) {
        queue.add(new Datagram(dueNs, added++, way, session, payload));
        bytes += payload.readableBytes();
        handOut();
    }

    /** Takes everything out; {@code last} takes over the payloads. */
    void empty(Consumer<Datagram> last) {
        while (!queue.isEmpty()) {
            last.accept(remove());
        }
    }

    private void handOut() {
        long now = link.nowNs();
        while (!queue.isEmpty() && queue.peek().dueNs() <= now) {
            receiver.accept(remove());
        }
        if (!queue.isEmpty()) {
            alarm.at(queue.peek().dueNs());
        }
    }

    private Datagram remove() {
        Datagram next = queue.remove();
        bytes -= next.payload().readableBytes();
        return next;
    }
}
