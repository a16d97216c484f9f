package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.tls.TestCertificates;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.QuicCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicResetTokenGenerator;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that allows 1,024 connection ids, against a bare edge that allows as many. */
@ExtendWith(NoLeaks.class)
class ResetTokensTest {
    private static final int MANY = 1_024;
    private static final int ROUNDS = 20;

    private final AtomicInteger packets = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void isNewEachTime() {
        ResetTokens tokens = new ResetTokens();
        ByteBuffer first = tokens.newResetToken(ByteBuffer.wrap(new byte[8]));
        assertEquals(16, first.remaining());
        assertNotEquals(first, tokens.newResetToken(ByteBuffer.wrap(new byte[8])));
    }

    @Test
    void boundsTheConnectionIdsOfADevice() throws Exception {
        talk(new ResetTokens());
        assertTrue(made.get() >= 1, "the device gets a second id");
        assertTrue(made.get() <= 2 * packets.get(), made + " tokens for " + packets + " packets");
    }

    /** When this fails, Netty has mended it, and ResetTokens can go. */
    @Test
    void isNeededStill() throws Exception {
        talk(QuicResetTokenGenerator.signGenerator());
        assertTrue(made.get() > MANY, made + " tokens for " + packets + " packets");
    }

    /** Connects, sends {@value #ROUNDS} pieces one after the other and hangs up. */
    private void talk(QuicResetTokenGenerator tokens) throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (TlsContexts edge = TlsContexts.edge(TestCertificates.EDGE);
                TlsContexts device = TlsContexts.device(TestCertificates.DEVICE)) {
            Channel server = server(loop, edge, tokens);
            InetSocketAddress address = (InetSocketAddress) server.localAddress();
            Channel socket = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                    .handler(QuicCodec.common(new QuicClientCodecBuilder()).activeConnectionIdLimit(MANY)
                            .sslEngineProvider(channel -> device.quicEngine(channel, "localhost", address.getPort()))
                            .build())
                    .bind(0).sync().channel();
            QuicChannel quic = QuicChannel.newBootstrap(socket).handler(new Ignored()).remoteAddress(address).connect()
                    .get(10, TimeUnit.SECONDS);
            QuicStreamChannel stream = quic.createStream(QuicStreamType.BIDIRECTIONAL, new Ignored())
                    .get(5, TimeUnit.SECONDS);
            for (int i = 0; i < ROUNDS; i++) {
                stream.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            quic.close().sync();
            socket.close().sync();
            server.close().sync();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private Channel server(EventLoopGroup loop, TlsContexts edge, QuicResetTokenGenerator tokens)
            throws InterruptedException {
        Channel server = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .handler(QuicCodec.common(new QuicServerCodecBuilder()).activeConnectionIdLimit(MANY)
                        .sslEngineProvider(edge::quicEngine).initialMaxStreamsBidirectional(1)
                        .tokenHandler(InsecureQuicTokenHandler.INSTANCE).resetTokenGenerator(id -> {
                            made.incrementAndGet();
                            return tokens.newResetToken(id);
                        }).handler(new Ignored()).streamHandler(new Ignored()).build())
                .bind(new InetSocketAddress("127.0.0.1", 0)).sync().channel();
        server.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                packets.incrementAndGet();
                context.fireChannelRead(message);
            }
        });
        return server;
    }

    /** Lets everything run to the tail, which releases it. */
    private static final class Ignored extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
