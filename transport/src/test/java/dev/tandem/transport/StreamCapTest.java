package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.TestCertificates;
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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that opens streams and never ends one: the edge keeps so many, and then the device no longer. */
@ExtendWith(NoLeaks.class)
class StreamCapTest {
    private static final int IN_FLIGHT = 2;
    private static final int MOST = 8 * IN_FLIGHT;
    private static final long WINDOW = 1 << 20;

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

    @Test
    void endsTheConnectionThatOpensAStreamTooMany() throws Exception {
        LinkLimits limits = new LinkLimits(100, 3, 1_000, 1_500, IN_FLIGHT, Duration.ofSeconds(60),
                Duration.ofSeconds(30));
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), Links.echo())) {
            QuicChannel device = connect(loop, server.address().getPort());
            send(device, Hello.of(Links.PACK, "many streams").toFrame());
            Links.await("hello", () -> server.counters().connections(Transport.QUIC) == 1);
            for (int id = 1; id <= MOST; id++) {
                send(device, Links.handmade("?", 1).toFrame(id));
            }
            Links.await("all but two refused",
                    () -> server.counters().ended(ErrorCode.TOO_MANY_EXCHANGES) == MOST - IN_FLIGHT);
            assertTrue(device.isActive());
            assertEquals(0, server.counters().ended(ErrorCode.UNEXPECTED_FRAME));
            send(device, Links.handmade("?", 1).toFrame(MOST + 1L));
            Links.await("the end", () -> server.connections() == 0);
            assertTrue(server.counters().ended(ErrorCode.UNEXPECTED_FRAME) > 0);
            device.parent().close().sync();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static QuicChannel connect(EventLoopGroup loop, int port) throws Exception {
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .keyManager(TestCertificates.DEVICE.key().toFile(), null,
                        TestCertificates.DEVICE.certificate().toFile())
                .trustManager(TestCertificates.DEVICE.trust().toFile()).applicationProtocols("tandem").build();
        Channel udp = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .handler(new QuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), "localhost", port))
                        .maxIdleTimeout(20, TimeUnit.SECONDS).initialMaxData(WINDOW)
                        .initialMaxStreamDataBidirectionalLocal(WINDOW).initialMaxStreamDataUnidirectional(WINDOW)
                        .initialMaxStreamsUnidirectional(8).datagram(64, 64).build())
                .bind(0).sync().channel();
        return QuicChannel.newBootstrap(udp).handler(new Deaf()).streamHandler(new Deaf())
                .remoteAddress(new InetSocketAddress("127.0.0.1", port)).connect()
                .get(Links.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** In a stream of its own. */
    private static void send(QuicChannel device, Frame frame) throws Exception {
        device.createStream(QuicStreamType.BIDIRECTIONAL, new Deaf()).get(Links.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .writeAndFlush(Unpooled.wrappedBuffer(frame.toBytes()));
    }
}
