package dev.tandem.transport;

import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.Credentials;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A QUIC device that sends whatever a test wants in streams that never end, and hears nothing. */
final class RawQuicDevice implements AutoCloseable {
    static final long WINDOW = 1 << 20;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Channel udp;
    private QuicChannel connection;

    /** Takes what comes and forgets it. */
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel) {
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    /** {@code grantedBytes}: what the edge may send in each stream. */
    static RawQuicDevice connect(TandemServer server, Credentials credentials, long grantedBytes) throws Exception {
        RawQuicDevice device = new RawQuicDevice();
        device.connection = device.begin(server.address().getPort(), credentials, grantedBytes)
                .get(Links.PATIENCE_SECONDS, TimeUnit.SECONDS);
        return device;
    }

    /** Begins a handshake at this port, and does not wait for its end. */
    static RawQuicDevice begin(int port, Credentials credentials) throws Exception {
        RawQuicDevice device = new RawQuicDevice();
        device.begin(port, credentials, WINDOW);
        return device;
    }

    private Future<QuicChannel> begin(int port, Credentials credentials, long grantedBytes) throws Exception {
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .keyManager(credentials.key().toFile(), null, credentials.certificate().toFile())
                .trustManager(credentials.trust().toFile()).applicationProtocols("tandem").build();
        udp = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .handler(new QuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), "localhost", port))
                        .maxIdleTimeout(20, TimeUnit.SECONDS).initialMaxData(WINDOW)
                        .initialMaxStreamDataBidirectionalLocal(grantedBytes).initialMaxStreamDataUnidirectional(WINDOW)
                        .initialMaxStreamsUnidirectional(8).datagram(64, 64).build())
                .bind(0).sync().channel();
        return QuicChannel.newBootstrap(udp).handler(new Deaf()).streamHandler(new Deaf())
                .remoteAddress(new InetSocketAddress("127.0.0.1", port)).connect();
    }

    /** Connected, and the edge has said hello. */
    static RawQuicDevice open(TandemServer server, Credentials credentials, long grantedBytes) throws Exception {
        long before = server.counters().connections(Transport.QUIC);
        RawQuicDevice device = connect(server, credentials, grantedBytes);
        device.send(Hello.of(Links.PACK, "raw").toFrame());
        Links.await("hello", () -> server.counters().connections(Transport.QUIC) > before);
        return device;
    }

    boolean active() {
        return connection.isActive();
    }

    /** In a stream of its own. */
    void send(Frame frame) throws Exception {
        send(frame.toBytes());
    }

    /** The same with whatever bytes. */
    void send(byte[]... bytes) throws Exception {
        connection.createStream(QuicStreamType.BIDIRECTIONAL, new Deaf()).get(Links.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close().awaitUninterruptibly();
        }
        udp.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
