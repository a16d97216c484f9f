package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.Quic;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's end of the link: QUIC and TCP on one port number, with mutual TLS 1.3 (docs/wire.md). Event loops move
 * bytes and call the handler, which has threads of its own. Thread safe. The one who starts it closes it.
 */
public final class TandemServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TandemServer.class);
    private static final int TCP_LOOPS = 2;
    private static final int FREE_PORT_TRIES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Edge edge;
    private final EventLoopGroup tcpLoops = Sockets.loops(TCP_LOOPS, "tandem-edge-tcp");
    /** All QUIC connections share one socket and so one loop: its own, which no stranger who knocks over TCP delays. */
    private final EventLoopGroup quicLoop = Sockets.loops(1, "tandem-edge-quic");
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Channel> listening = new ArrayList<>();

    private final EdgeWatch watch;

    private TandemServer(Edge edge) {
        this.edge = edge;
        this.watch = new EdgeWatch(edge);
        tcpLoops.forEach(each -> each.terminationFuture().addListener(ended -> lost()));
        quicLoop.terminationFuture().addListener(ended -> lost());
    }

    /** An event loop has ended: with it half of the edge, which a new start gives back and nothing else. */
    private void lost() {
        if (!closed.get()) {
            edge.fault("an event loop", new IllegalStateException("it has ended, and the edge closes; start it anew"));
            Thread.ofPlatform().name("tandem-edge-close").start(this::close);
        }
    }

    /**
     * Listens. Throws {@link PeerException} when the address cannot be bound, IllegalArgumentException when the
     * credentials cannot be used.
     */
    public static TandemServer start(ServerSettings settings, ExchangeHandler handler) {
        return start(settings, handler, LinkListener.NONE);
    }

    /** The same, with someone who hears of the links. */
    public static TandemServer start(ServerSettings settings, ExchangeHandler handler, LinkListener listener) {
        TlsContexts tls = settings.lab() ? null : TlsContexts.edge(settings.credentials());
        TandemServer server = new TandemServer(new Edge(settings, tls, handler, listener));
        try {
            server.listen();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void listen() {
        ServerSettings settings = edge.settings();
        boolean quic = settings.transport().quic() && Quic.isAvailable();
        if (settings.transport() == TransportChoice.QUIC && !quic) {
            throw new IllegalArgumentException("transport quic: Netty's native QUIC does not load here ["
                    + Causes.deepest(Quic.unavailabilityCause()) + "]; use auto or tcp");
        }
        if (settings.transport().quic() && !quic) {
            LOG.warn("edge listens on TCP only: Netty's native QUIC does not load here [{}]",
                    Causes.deepest(Quic.unavailabilityCause()));
        }
        if (settings.lab()) {
            LOG.warn("laboratory edge: questions, features and answers travel in PLAIN TEXT, and anybody may ask; "
                    + "never outside a laboratory");
        }
        bind(settings.address(), settings.transport().tcp(), quic);
        LOG.info("edge listens on [{}] over {} with pack [{}]", address(),
                quic ? settings.transport().tcp() ? "QUIC and TCP" : "QUIC" : "TCP", settings.pack().name());
    }

    /** Both on one port number: where any will do, one that is free for both. */
    private void bind(InetSocketAddress address, boolean tcp, boolean quic) {
        for (int attempt = 1;; attempt++) {
            try {
                if (tcp) {
                    listening.add(bound(new TcpListener(edge).bind(tcpLoops, address), address));
                }
                if (quic) {
                    InetSocketAddress same = tcp ? address() : address;
                    listening.add(bound(new QuicListener(edge).bind(quicLoop, same), same));
                }
                return;
            } catch (PeerException e) {
                listening.forEach(each -> each.close().awaitUninterruptibly());
                listening.clear();
                if (address.getPort() != 0 || attempt == FREE_PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Channel bound(ChannelFuture binding, InetSocketAddress address) {
        if (!binding.awaitUninterruptibly().isSuccess()) {
            throw new PeerException(address, 0, ErrorCode.UNREACHABLE, "listening on [" + address + "] failed ["
                    + Causes.deepest(binding.cause()) + "]; is the port taken, and the address this machine's?",
                    binding.cause());
        }
        return binding.channel();
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getFirst().localAddress();
    }

    /** How exchanges and connections ended so far. */
    public LinkCounters counters() {
        return edge.counters();
    }

    /** Devices connected now: those that have said hello. */
    public int connections() {
        return edge.connections().size();
    }

    /** Connections that have not said hello yet. */
    public int handshakes() {
        return edge.entrance().handshakes();
    }

    /** Bytes that connections hold now: frames that come, slices that wait, answers not taken. */
    public long bufferedBytes() {
        return edge.budget().used();
    }

    /**
     * Takes no new exchange, says BYE, waits for exchanges in flight up to the drain time, ends the rest with
     * SHUTTING_DOWN, closes and waits for its threads. Safe to call twice; not from an event loop.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            edge.entrance().close();
            edge.connections().forEach(EdgeConnection::drain);
            if (!awaitDisconnected(edge.settings().drain())) {
                new ArrayList<>(edge.connections()).forEach(each -> each
                        .abort("the edge shut down before the answer was ready"));
                awaitDisconnected(PATIENCE);
            }
            for (Channel each : listening) {
                each.close().await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Future<?> tcpEnded = ended(tcpLoops);
            ended(quicLoop).awaitUninterruptibly();
            tcpEnded.awaitUninterruptibly();
            watch.close();
            if (edge.tls() != null) {
                edge.tls().close();
            }
        }
        LOG.info("edge on [{}] closed", edge.settings().address());
    }

    private static Future<?> ended(EventLoopGroup loops) {
        return loops.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean awaitDisconnected(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!edge.connections().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }
}
