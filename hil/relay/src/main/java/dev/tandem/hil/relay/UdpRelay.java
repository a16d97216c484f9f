package dev.tandem.hil.relay;

import dev.tandem.hil.relay.InFlight.Datagram;
import dev.tandem.hil.relay.Lane.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Passes datagrams on, unread, between the socket that clients know and those of {@link UdpSessions}. Everything
 * happens on the event loop; each method is called there.
 */
final class UdpRelay {
    private static final int UDP_HEADER = 8;

    private final EventLoop loop;
    private final Link link;
    private final Counters counters;
    private final int headerBytes;
    private final InFlight inFlight;
    private final UdpSessions sessions;
    private Channel listening;

    UdpRelay(EventLoop loop, Link link, InetSocketAddress server, RelayLimits limits, Counters counters) {
        this.loop = loop;
        this.link = link;
        this.counters = counters;
        this.headerBytes = UDP_HEADER + ipHeaderBytes(server);
        this.inFlight = new InFlight(loop, link, this::deliver);
        this.sessions = new UdpSessions(loop, link, server, limits,
                (session, content) -> pass(Way.DOWN, session, content));
    }

    static int ipHeaderBytes(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? 40 : 20;
    }

    /** Done when the future is, which it is at once. */
    ChannelFuture listen(InetSocketAddress at) {
        Channel channel = UdpSocket.open(loop, (from, content) -> pass(Way.UP, sessions.of(from), content));
        ChannelFuture bound = channel.bind(at);
        if (bound.isSuccess()) {
            listening = channel;
        } else {
            channel.close();
        }
        return bound;
    }

    int sessions() {
        return sessions.size();
    }

    /** Every client gets a new address as the server sees it. */
    void rebind() {
        sessions.rebind();
    }

    /** A cut takes with it what is on its way. */
    void dropInFlight() {
        inFlight.empty(datagram -> {
            datagram.payload().release();
            counters.add(datagram.way(), Outcome.CUT);
        });
    }

    void close() {
        if (listening != null) {
            listening.close();
        }
        sessions.close();
        inFlight.empty(datagram -> datagram.payload().release());
    }

    /** Borrows {@code content}. */
    private void pass(Way way, UdpSession session, ByteBuf content) {
        int size = content.readableBytes() + headerBytes;
        long now = link.nowNs();
        Decision decision = link.lane(way).decide(now, size, session == null ? Outcome.REFUSED : link.udpStopped(now));
        if (decision.outcome() != Outcome.DELIVERED) {
            counters.add(way, decision.outcome());
            return;
        }
        session.usedNs = now;
        if (decision.reordered()) {
            counters.add(way, Outcome.REORDERED);
        }
        send(decision.dueNs(), way, session, content);
        if (decision.copyNs() != Lane.NONE && send(decision.copyNs(), way, session, content)) {
            counters.add(way, Outcome.DUPLICATED);
        }
    }

    /** A copy of the size that is needed waits, not the 64 KiB that it was received in. */
    private boolean send(long dueNs, Way way, UdpSession session, ByteBuf content) {
        int size = content.readableBytes();
        if (!inFlight.hasRoom(size)) {
            counters.add(way, Outcome.QUEUE_FULL);
            return false;
        }
        ByteBuf copy = listening.alloc().buffer(size).writeBytes(content, content.readerIndex(), size);
        inFlight.add(dueNs, way, session, copy);
        return true;
    }

    private void deliver(Datagram datagram) {
        Channel to = datagram.way() == Way.UP ? datagram.session().upstream : listening;
        if (!to.isWritable()) {
            datagram.payload().release();
            counters.add(datagram.way(), Outcome.QUEUE_FULL);
            return;
        }
        counters.delivered(datagram.way(), datagram.payload().readableBytes() + headerBytes);
        // To a server that is not there, or a client that has gone, it is lost as on any network.
        to.writeAndFlush(datagram.way() == Way.UP
                ? datagram.payload()
                : new DatagramPacket(datagram.payload(), datagram.session().client));
    }
}
