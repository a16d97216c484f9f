package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
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
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A QUIC connection with a device's certificate that lets the edge write no byte in any stream. One thread. */
final class QuicPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int IDLE_MILLIS = 5_000;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final QuicChannel quic;

    /** Connects. IOException when the edge does not want it. */
    QuicPeer(Target target) throws IOException, InterruptedException {
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .keyManager(target.credentials().key().toFile(), null, target.credentials().certificate().toFile())
                .trustManager(target.credentials().trust().toFile()).applicationProtocols("tandem").build();
        Channel udp = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .handler(new QuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), Target.HOST, target.port()))
                        .maxIdleTimeout(IDLE_MILLIS, TimeUnit.MILLISECONDS).initialMaxData(0)
                        .initialMaxStreamDataBidirectionalLocal(0).initialMaxStreamDataUnidirectional(0)
                        .initialMaxStreamsUnidirectional(8).datagram(64, 64).build())
                .bind(0).sync().channel();
        Future<QuicChannel> connecting = QuicChannel.newBootstrap(udp).handler(new Deaf()).streamHandler(new Deaf())
                .remoteAddress(new InetSocketAddress(Target.HOST, target.port())).connect();
        if (!connecting.await(PATIENCE_MILLIS) || !connecting.isSuccess()) {
            close();
            throw new IOException("no QUIC connection", connecting.cause());
        }
        quic = connecting.getNow();
    }

    boolean active() {
        return quic.isActive();
    }

    /** A new bidirectional stream. */
    QuicStreamChannel stream() throws IOException, InterruptedException {
        Future<QuicStreamChannel> made = quic.createStream(QuicStreamType.BIDIRECTIONAL, new Deaf());
        if (!made.await(PATIENCE_MILLIS) || !made.isSuccess()) {
            throw new IOException("the edge lets no stream be opened", made.cause());
        }
        return made.getNow();
    }

    static void send(QuicStreamChannel stream, byte[] bytes) {
        stream.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE_MILLIS);
    }

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
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the edge has ended it
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
