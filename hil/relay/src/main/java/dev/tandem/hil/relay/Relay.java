package dev.tandem.hil.relay;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A bad link on one machine: takes datagrams and connections of many clients on one port and passes them on to one
 * server, over a link that is as a {@link Profile} says. All clients share that link. The same seed gives the n-th
 * packet of a direction the same luck; what depends on time (queues, cuts) depends on when it comes. One thread does
 * everything; methods may be called from any other thread and return when they hold. The one who starts it closes it.
 */
public final class Relay implements AutoCloseable {
    private static final int ATTEMPTS = 16;
    private static final long PATIENCE_S = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Link link;
    private final Counters udpCounters = new Counters();
    private final Counters tcpCounters = new Counters();
    private final UdpRelay udp;
    private final TcpRelay tcp;
    private InetSocketAddress address;
    private boolean wasCut;
    private Future<?> tick;

    private Relay(InetSocketAddress server, Profile profile, long seed, RelayLimits limits) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("tandem-relay", true),
                NioIoHandler.newFactory());
        loop = group.next();
        long start = System.nanoTime();
        link = new Link(profile, seed, () -> System.nanoTime() - start);
        udp = new UdpRelay(loop, link, server, limits, udpCounters);
        tcp = new TcpRelay(loop, link, server, limits, tcpCounters);
    }

    /**
     * Begins to listen on UDP and TCP at {@code listen} (port 0: a free one, the same for both) and passes on to {@code
     * server}. Throws IOException when the address cannot be listened on, IllegalArgumentException when one is not
     * resolved.
     */
    public static Relay start(InetSocketAddress listen, InetSocketAddress server, Profile profile, long seed)
            throws IOException {
        return start(listen, server, profile, seed, RelayLimits.DEFAULT);
    }

    static Relay start(InetSocketAddress listen, InetSocketAddress server, Profile profile, long seed,
            RelayLimits limits)
            throws IOException {
        for (InetSocketAddress each : new InetSocketAddress[]{listen, server}) {
            if (each.isUnresolved()) {
                throw new IllegalArgumentException(
                        "starting a relay: no address is known for [" + each.getHostString() + "]");
            }
        }
        Relay relay = new Relay(server, profile, seed, limits);
        try {
            relay.listen(listen);
            relay.onLoop(relay::changed);
            return relay;
        } catch (IOException | RuntimeException problem) {
            relay.close();
            throw problem;
        }
    }

    private void listen(InetSocketAddress at) throws IOException {
        Throwable cause = askLoop(() -> bind(at));
        // A free port of TCP need not be one of UDP.
        for (int attempt = 1; cause != null && at.getPort() == 0 && attempt < ATTEMPTS; attempt++) {
            cause = askLoop(() -> bind(at));
        }
        if (cause != null) {
            throw new IOException("starting a relay: listening on [" + at + "] failed [" + cause.getMessage()
                    + "]; is the port taken, and the address this machine's?", cause);
        }
    }

    /** Null, or why not. */
    private Throwable bind(InetSocketAddress at) {
        ChannelFuture first = tcp.listen(at);
        if (!first.isSuccess()) {
            return first.cause();
        }
        address = (InetSocketAddress) first.channel().localAddress();
        ChannelFuture second = udp.listen(address);
        if (!second.isSuccess()) {
            tcp.stopListening();
        }
        return second.cause();
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return address;
    }

    /** What became of the datagrams so far. */
    public Counters udp() {
        return udpCounters;
    }

    /** What became of TCP's segments so far; connections that were refused are counted upwards. */
    public Counters tcp() {
        return tcpCounters;
    }

    /** TCP connections that are open now. */
    public int tcpConnections() {
        return askLoop(tcp::connections);
    }

    /** UDP clients known now. */
    public int udpSessions() {
        return askLoop(udp::sessions);
    }

    /** Every UDP client gets a new address, as the server sees it. Connections of TCP stay. */
    public void rebind() {
        onLoop(udp::rebind);
    }

    /** Nothing passes for this long from now; a longer cut that is going on stays. */
    public void cut(Duration time) {
        onLoop(() -> {
            link.cut(time);
            changed();
        });
    }

    /** Blocks UDP, or lets it pass (but not when the profile's timetable blocks it just now). */
    public void blockUdp(boolean block) {
        onLoop(() -> link.blockUdp(block));
    }

    /** From now on the link is like this; the timetable begins now, the luck goes on. */
    public void profile(Profile profile) {
        onLoop(() -> {
            link.become(profile);
            changed();
        });
    }

    @Override
    public void close() {
        if (!group.isShuttingDown()) {
            onLoop(() -> {
                cancelTick();
                udp.close();
                tcp.close();
            });
        }
        group.shutdownGracefully(0, PATIENCE_S, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Does what begins or ends now, and comes again when something else does. */
    private void changed() {
        cancelTick();
        long now = link.nowNs();
        boolean cut = link.cut(now);
        if (cut && !wasCut) {
            udp.dropInFlight();
        }
        wasCut = cut;
        tcp.resume();
        if (link.takeRebind(now)) {
            udp.rebind();
        }
        long next = link.nextChangeNs(now);
        if (next != Link.NEVER) {
            tick = loop.schedule(this::changed, next - now, TimeUnit.NANOSECONDS);
        }
    }

    private void cancelTick() {
        if (tick != null) {
            tick.cancel(false);
            tick = null;
        }
    }

    private void onLoop(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private <T> T askLoop(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }
}
