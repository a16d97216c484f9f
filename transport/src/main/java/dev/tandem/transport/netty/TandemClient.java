package dev.tandem.transport.netty;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.LinkLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The device's end of the link over TCP with mutual TLS 1.3: docs/wire.md. One connection, one event loop. Thread safe. The one who
 * connects it closes it.
 */
public final class TandemClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2_000;

    private final ClientSettings settings;
    private final WireCounter counter = new WireCounter();
    private final FrameDecoder decoder = new FrameDecoder(FrameRules.opening(End.EDGE));
    private final DeviceConnection connection;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("tandem-device-io", true), NioIoHandler.newFactory());
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Object idLock = new Object();
    private Channel channel;
    private long lastId;

    private TandemClient(ClientSettings settings) {
        this.settings = settings;
        this.connection = new DeviceConnection(settings, decoder);
    }

    /**
     * Connects, checks the edge and says hello. Throws {@link PeerException} with the reason in words, IllegalArgumentException when
     * the credentials cannot be used.
     */
    public static TandemClient connect(ClientSettings settings) {
        SslContext tls = Tls.device(settings.credentials());
        TandemClient client = new TandemClient(settings);
        try {
            client.open(tls);
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void open(SslContext tls) {
        ChannelFuture connecting = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connect().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        fillPipeline(fresh, tls);
                    }
                }).connect(settings.host(), settings.port()).awaitUninterruptibly();
        channel = connecting.channel();
        if (!connecting.isSuccess()) {
            throw unreachable(connecting.cause());
        }
        awaitHello();
    }

    private void fillPipeline(Channel fresh, SslContext tls) {
        fresh.pipeline().addLast(counter);
        if (settings.uplinkBytesPerSecond() > 0) {
            fresh.pipeline().addLast(new UplinkPacer(settings.uplinkBytesPerSecond()));
        }
        fresh.pipeline().addLast(
                Tls.deviceHandler(tls, fresh, settings.host(), settings.port(), settings.connect()), decoder,
                new FrameEncoder(), connection);
    }

    private PeerException unreachable(Throwable cause) {
        InetSocketAddress address = InetSocketAddress.createUnresolved(settings.host(), settings.port());
        if (cause instanceof ConnectTimeoutException) {
            return new PeerException(address, 0, ErrorCode.CONNECT_TIMEOUT, "the edge did not answer within ["
                    + settings.connect() + "]; is the address right, and no firewall in between?", cause);
        }
        return new PeerException(address, 0, ErrorCode.UNREACHABLE, "the edge cannot be reached ["
                + Causes.deepest(cause) + "]; is it running there, on this port?", cause);
    }

    private void awaitHello() {
        long millis = settings.connect().toMillis() * 2;
        try {
            connection.opened().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (PeerException) e.getCause();
        } catch (TimeoutException e) {
            throw new PeerException(channel.remoteAddress(), 0, ErrorCode.CONNECT_TIMEOUT,
                    "the edge accepted the connection but said no hello within [" + millis + "] ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(channel.remoteAddress(), 0, ErrorCode.CLOSED, "interrupted while connecting", e);
        }
    }

    /**
     * Sends a question with its slices and returns at once. Words are handed to {@code words} in order on the client's event loop: do
     * not block there. What the edge's limits forbid is refused here, through the answer's future.
     */
    public Exchange ask(AskRequest request, Consumer<String> words) {
        synchronized (idLock) {
            if (lastId == FrameHeader.MAX_EXCHANGE) {
                throw new IllegalStateException(
                        "exchange ids of this connection are used up [" + lastId + "]; connect again");
            }
            DeviceExchange exchange = new DeviceExchange(connection, ++lastId, request, words);
            if (closed.get() || !connection.onLoop(() -> connection.ask(exchange))) {
                exchange.end(ErrorCode.CLOSED, "the device closed the connection", null);
            }
            return exchange;
        }
    }

    /** Round trip of a PING. */
    public CompletableFuture<Duration> ping() {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        if (!connection.onLoop(() -> connection.ping(answer))) {
            answer.completeExceptionally(new PeerException(channel.remoteAddress(), 0, ErrorCode.CLOSED,
                    "the device closed the connection", null));
        }
        return answer;
    }

    /** What the edge takes. */
    public LinkLimits limits() {
        return connection.limits();
    }

    /** Bytes on the wire so far. */
    public WireBytes wireBytes() {
        return counter.bytes();
    }

    /** Whether questions can be asked. */
    public boolean connected() {
        return connection.usable();
    }

    /** Cancels what is in flight, says BYE, closes and waits for its thread. Safe to call twice; not from the words' taker. */
    @Override
    public void close() {
        synchronized (idLock) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
        }
        if (channel != null && channel.isRegistered()) {
            connection.onLoop(connection::close);
            channel.closeFuture().awaitUninterruptibly(PATIENCE_MILLIS);
        }
        loop.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE_MILLIS * 2);
    }
}
