package dev.tandem.transport.netty;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameRules;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's end of the link over TCP with mutual TLS 1.3: docs/wire.md. Two event loops move bytes; the handler runs on a pool of its
 * own. Thread safe. The one who starts it closes it.
 */
public final class TandemServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TandemServer.class);
    private static final int LOOPS = 2;
    private static final int BACKLOG = 1_024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Edge edge;
    private final EventLoopGroup loops;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Channel listening;

    private TandemServer(Edge edge) {
        this.edge = edge;
        this.loops = new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("tandem-edge-io", true),
                NioIoHandler.newFactory());
    }

    /**
     * Listens. Throws {@link PeerException} when the address cannot be bound, IllegalArgumentException when the credentials cannot be
     * used.
     */
    public static TandemServer start(ServerSettings settings, ExchangeHandler handler) {
        AnswerPool answers = new AnswerPool(handler, settings.answerThreads(), settings.answerQueue());
        TandemServer server = new TandemServer(new Edge(settings, Tls.edge(settings.credentials()), answers));
        try {
            server.listen();
            return server;
        } catch (PeerException e) {
            server.close();
            throw e;
        }
    }

    private void listen() {
        InetSocketAddress address = edge.settings().address();
        ChannelFuture bound = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true).childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connected(channel);
                    }
                }).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new PeerException(address, 0, ErrorCode.UNREACHABLE, "listening on [" + address + "] failed ["
                    + Causes.deepest(bound.cause()) + "]; is the port taken, and the address this machine's?",
                    bound.cause());
        }
        listening = bound.channel();
        LOG.info("edge listens on [{}] with pack [{}]", address(), edge.settings().pack().name());
    }

    private void connected(Channel channel) {
        if (closed.get() || edge.full()) {
            edge.counters().countEnd(ErrorCode.OVERLOADED);
            LOG.warn("device at [{}] refused: [{}] devices are connected already", channel.remoteAddress(),
                    edge.connections().size());
            channel.close();
            return;
        }
        FrameDecoder decoder = new FrameDecoder(FrameRules.opening(End.DEVICE));
        channel.pipeline().addLast(Tls.edgeHandler(edge.tls(), channel, edge.settings().handshake()), decoder,
                new FrameEncoder(), new EdgeConnection(edge, decoder));
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** How exchanges and connections ended so far. */
    public LinkCounters counters() {
        return edge.counters();
    }

    /** Devices connected now. */
    public int connections() {
        return edge.connections().size();
    }

    /**
     * Takes no new exchange, says BYE, waits for exchanges in flight up to the drain time, ends the rest with SHUTTING_DOWN, closes
     * and waits for its threads. Safe to call twice; not from a handler.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (listening != null) {
                listening.close().await();
            }
            edge.connections().forEach(EdgeConnection::drain);
            if (!awaitDisconnected(edge.settings().drain())) {
                new ArrayList<>(edge.connections()).forEach(each -> each
                        .abort("the edge shut down before the answer was ready"));
                awaitDisconnected(PATIENCE);
            }
            edge.answers().close(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loops.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
        LOG.info("edge on [{}] closed", edge.settings().address());
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
