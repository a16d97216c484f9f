package dev.tandem.hil.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP clients, each with a socket of its own towards the server, so that the server tells them apart; one that
 * nothing passed for in a while is forgotten. Only the event loop touches it.
 */
final class UdpSessions {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSessions.class);
    private static final int SWEEPS = 4;

    private final EventLoop loop;
    private final Link link;
    private final InetSocketAddress server;
    private final RelayLimits limits;
    private final BiConsumer<UdpSession, ByteBuf> answers;
    private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();

    /** {@code answers} borrows what the server sends to a client. */
    UdpSessions(EventLoop loop, Link link, InetSocketAddress server, RelayLimits limits,
            BiConsumer<UdpSession, ByteBuf> answers) {
        this.loop = loop;
        this.link = link;
        this.server = server;
        this.limits = limits;
        this.answers = answers;
        long sweepNs = limits.idle().toNanos() / SWEEPS;
        loop.scheduleWithFixedDelay(this::dropIdle, sweepNs, sweepNs, TimeUnit.NANOSECONDS);
    }

    int size() {
        return sessions.size();
    }

    /** The client's session, a new one if need be; null when there may be no more. */
    UdpSession of(InetSocketAddress client) {
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

    /** Every client gets a new address as the server sees it; what the server still sends to the old one is lost. */
    void rebind() {
        for (UdpSession session : sessions.values()) {
            Channel fresh = upstream(session);
            if (fresh != null) {
                session.upstream.close();
                session.upstream = fresh;
            }
        }
    }

    void close() {
        sessions.values().forEach(session -> session.upstream.close());
        sessions.clear();
    }

    /** Null, and a line of log, when the machine has no more sockets. */
    private Channel upstream(UdpSession session) {
        try {
            Channel channel = UdpSocket.open(loop, (from, content) -> answers.accept(session, content));
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
