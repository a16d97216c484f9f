package dev.tandem.hil.relay;

import dev.tandem.hil.relay.InFlight.Datagram;
import dev.tandem.hil.relay.Lane.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes datagrams on, unread. Every client address gets a socket of its own towards the server, so that the server tells them apart, and
 * loses it when nothing passed for a while. Everything happens on the event loop; each method is called there.
 */
final class UdpRelay {
    private static final Logger LOG = LoggerFactory.getLogger(UdpRelay.class);
    private static final int UDP_HEADER = 8;
    private static final int LARGEST = 65_535;
    /** So that a burst waits in the relay's queue, where it is counted, and not before it. The kernel may grant less. */
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int SWEEPS = 4;

    private final EventLoop loop;
    private final Link link;
    private final InetSocketAddress server;
    private final RelayLimits limits;
    private final Counters counters;
    private final int headerBytes;
    private final InFlight inFlight;
    private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();
    private Channel listening;

    UdpRelay(EventLoop loop, Link link, InetSocketAddress server, RelayLimits limits, Counters counters) {
        this.loop = loop;
        this.link = link;
        this.server = server;
        this.limits = limits;
        this.counters = counters;
        this.headerBytes = UDP_HEADER + ipHeaderBytes(server);
        this.inFlight = new InFlight(loop, link, this::deliver);
        long sweepNs = limits.idle().toNanos() / SWEEPS;
        loop.scheduleWithFixedDelay(this::dropIdle, sweepNs, sweepNs, TimeUnit.NANOSECONDS);
    }

    static int ipHeaderBytes(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ? 40 : 20;
    }

    /** Done when the future is, which it is at once. */
    ChannelFuture listen(InetSocketAddress at) {
        Channel channel = socket((from, content) -> pass(Way.UP, session(from), content));
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

    /** Every client gets a new address as the server sees it; what the server still sends to the old one is lost. */
    void rebind() {
        for (UdpSession session : sessions.values()) {
            Channel old = session.upstream;
            session.upstream = upstream(session);
            if (session.upstream == null) {
                session.upstream = old;
            } else {
                old.close();
            }
        }
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
        sessions.values().forEach(session -> session.upstream.close());
        sessions.clear();
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

    /** The client's session, a new one if need be; null when there may be no more. */
    private UdpSession session(InetSocketAddress client) {
        UdpSession known = sessions.get(client);
        if (known != null) {
            return known;
        }
        if (sessions.size() >= limits.sessions()) {
            return null;
        }
        UdpSession session = new UdpSession(client);
        session.upstream = upstream(session);
        if (session.upstream == null) {
            return null;
        }
        session.usedNs = link.nowNs();
        sessions.put(client, session);
        return session;
    }

    /** Null, and a line of log, when the machine has no more sockets. */
    private Channel upstream(UdpSession session) {
        try {
            Channel channel = socket((from, content) -> pass(Way.DOWN, session, content));
            ChannelFuture connected = channel.connect(server);
            if (connected.isSuccess()) {
                return channel;
            }
            channel.close();
            LOG.warn("no UDP socket towards [{}] for client [{}]: {}", server, session.client,
                    String.valueOf(connected.cause()));
        } catch (ChannelException problem) {
            LOG.warn("no UDP socket towards [{}] for client [{}]: {}; is the limit of open files too low?", server,
                    session.client, problem.getMessage());
        }
        return null;
    }

    private Channel socket(BiConsumer<InetSocketAddress, ByteBuf> reader) {
        NioDatagramChannel channel = new NioDatagramChannel();
        // A datagram longer than the buffer would be cut short without a word.
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST));
        channel.config().setOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER);
        channel.config().setOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER);
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                reader.accept(packet.sender(), packet.content());
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                LOG.debug("[{}]: {}", context.channel(), String.valueOf(cause)); // nobody listens there, perhaps yet
            }
        });
        loop.register(channel);
        return channel;
    }

    private void dropIdle() {
        long before = link.nowNs() - limits.idle().toNanos();
        for (Iterator<UdpSession> all = sessions.values().iterator(); all.hasNext();) {
            UdpSession session = all.next();
            if (session.usedNs < before) {
                session.upstream.close();
                all.remove();
            }
        }
    }
}
