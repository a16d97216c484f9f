package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Handshakes;
import dev.tandem.transport.session.Knocks;
import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Who may come in (docs/wire.md, section 4): a place for each device that has said hello, and a few for those who have
 * not said yet who they are, so that strangers never take the places of devices. Thread safe.
 */
final class Entrance {
    /** Handshakes at once: of strangers, and as many again where devices are known to be. */
    static final int HANDSHAKES = 256;
    /** Of them from one address: an IPv4 address, or 64 bits of an IPv6 one, which is what one site has. */
    static final int HANDSHAKES_FROM_ONE = 128;
    private static final long FAIR_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SITE_BYTES = 8;
    /** Connections over TCP that one stranger's address may begin, at once and a second. */
    static final int CONNECTS = 128;
    /** Datagrams of handshakes likewise: one takes two to four. */
    static final int INITIALS = 512;

    private final ServerSettings settings;
    private final LinkCounters counters;
    private final SparingLog log;
    private final Handshakes<Channel> handshakes = new Handshakes<>(HANDSHAKES, HANDSHAKES_FROM_ONE, FAIR_NANOS);
    private final Knocks connects = new Knocks(CONNECTS, System.nanoTime());
    private final Knocks initials = new Knocks(INITIALS, System.nanoTime());
    private final Set<EdgeConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private boolean closed;

    Entrance(ServerSettings settings, LinkCounters counters, SparingLog log) {
        this.settings = settings;
        this.counters = counters;
        this.log = log;
    }

    /** Devices that have said hello. */
    Set<EdgeConnection> connections() {
        return connections;
    }

    /** Somebody connects over TCP: whether the connection is worth being looked at. */
    boolean hearsConnect(SocketAddress remote) {
        boolean heard = hears(connects, remote);
        if (!heard) {
            counters.countEnd(ErrorCode.OVERLOADED);
            log.warn("connection from [{}] closed unheard: more than [{}] a second from one address, or [{}] from all "
                    + "that no device is known at", remote, CONNECTS, Knocks.STRANGERS * CONNECTS);
        }
        return heard;
    }

    /** A datagram of a handshake has come: whether it is worth being looked at. */
    boolean hearsInitial(SocketAddress remote) {
        boolean heard = hears(initials, remote);
        if (!heard) {
            log.warn(
                    "datagrams of handshakes from [{}] dropped: more than [{}] a second from one address, or [{}] from "
                            + "all that no device is known at",
                    remote, INITIALS, Knocks.STRANGERS * INITIALS);
        }
        return heard;
    }

    private synchronized boolean hears(Knocks knocks, SocketAddress remote) {
        String site = site(remote);
        long now = System.nanoTime();
        return knocks.heard(site, handshakes.known(site, now), now);
    }

    /**
     * Somebody connects: whether the handshake may go on. Another one's channel may be closed for it; {@link #ended} is
     * called when this one's closes.
     */
    boolean begins(Channel channel, SocketAddress remote) {
        Optional<Channel> yields;
        synchronized (this) {
            if (closed) {
                return false;
            }
            yields = handshakes.begin(channel, site(remote), System.nanoTime());
        }
        if (yields.isPresent()) {
            counters.countEnd(ErrorCode.OVERLOADED);
            boolean itself = yields.get() == channel;
            log.warn("handshake from [{}] {}: at most [{}] are let run at once, and [{}] from one address", remote,
                    itself ? "refused" : "let in, an unfinished one gave way", HANDSHAKES, HANDSHAKES_FROM_ONE);
            if (itself) {
                return false;
            }
            yields.get().close();
        }
        channel.closeFuture().addListener(done -> ended(channel));
        return true;
    }

    /** Handshakes that have begun and not ended. */
    synchronized int handshakes() {
        return handshakes.running();
    }

    /** It has sent something. */
    synchronized void spoke(Channel channel) {
        handshakes.spoke(channel);
    }

    /** A handshake has ended, well or not. */
    synchronized void ended(Channel channel) {
        handshakes.end(channel);
    }

    /** TLS has shown that a device is at this address. */
    synchronized void proved(SocketAddress remote) {
        handshakes.proved(site(remote), System.nanoTime());
    }

    /** A device has said hello: null when it has its place now, else why there is none. */
    synchronized String enters(EdgeConnection connection, SocketAddress remote) {
        if (closed) {
            return "the edge is shutting down";
        }
        if (connections.size() >= settings.connections()) {
            return "[" + connections.size() + "] devices are connected already, the most this edge takes";
        }
        int others = perAddress.getOrDefault(site(remote), 0);
        if (others >= settings.connectionsPerAddress()) {
            return "[" + others
                    + "] devices are connected from this address already, the most this edge takes from one";
        }
        perAddress.put(site(remote), others + 1);
        connections.add(connection);
        return null;
    }

    /** Its connection has ended; {@code remote} as it was when it entered. */
    synchronized void leaves(EdgeConnection connection, SocketAddress remote) {
        if (connections.remove(connection)) {
            perAddress.computeIfPresent(site(remote), (key, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Nobody comes in any more, and who is at it is closed. */
    void close() {
        Iterable<Channel> unfinished;
        synchronized (this) {
            closed = true;
            unfinished = handshakes.endAll();
        }
        unfinished.forEach(Channel::close);
    }

    /** What counts as one address. */
    static String site(SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return switch (address) {
            case null -> "unknown";
            case Inet6Address six -> HexFormat.of().formatHex(six.getAddress(), 0, SITE_BYTES) + "::/64";
            default -> address.getHostAddress();
        };
    }
}
