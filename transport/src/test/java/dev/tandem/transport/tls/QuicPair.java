package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bare QUIC edge on loopback and devices that call it: nothing but the handshake and an echo. */
public final class QuicPair implements HandshakePair {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final TlsContexts edge;
    private final Channel server;
    private final BlockingQueue<HandshakeEnd> accepted = new LinkedBlockingQueue<>();

    QuicPair(TlsContexts edge) {
        this.edge = edge;
        QuicServerCodecBuilder codec = common(new QuicServerCodecBuilder()).sslEngineProvider(edge::quicEngine)
                .tokenHandler(InsecureQuicTokenHandler.INSTANCE).handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }

                    @Override
                    public void handlerAdded(ChannelHandlerContext context) {
                        HandshakeEnd end = new HandshakeEnd();
                        accepted.add(end);
                        context.pipeline().addLast(end.handler(QuicPair.this.edge, End.EDGE));
                    }
                }).streamHandler(new Echo());
        server = new Bootstrap().group(loop).channel(NioDatagramChannel.class).handler(codec.build())
                .bind(new InetSocketAddress("127.0.0.1", 0)).syncUninterruptibly().channel();
    }

    private static <B extends QuicCodecBuilder<B>> B common(B codec) {
        return codec.maxIdleTimeout(5, TimeUnit.SECONDS).initialMaxData(1 << 20)
                .initialMaxStreamDataBidirectionalLocal(1 << 16).initialMaxStreamDataBidirectionalRemote(1 << 16)
                .initialMaxStreamsBidirectional(100);
    }

    @Override
    public Connection connect(TlsContexts device, String host) throws InterruptedException {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        HandshakeEnd end = new HandshakeEnd();
        ChannelHandler codec = common(new QuicClientCodecBuilder())
                .sslEngineProvider(channel -> device.quicEngine(channel, host, address.getPort())).build();
        Channel socket = new Bootstrap().group(loop).channel(NioDatagramChannel.class).handler(codec).bind(0)
                .syncUninterruptibly().channel();
        QuicChannel.newBootstrap(socket).handler(end.handler(device, End.DEVICE)).remoteAddress(address).connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        end.seen(connected.cause());
                    }
                });
        return new Connection(end, accepted.poll(10, TimeUnit.SECONDS), socket, this);
    }

    @Override
    public String echo(Channel connection, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        QuicStreamChannel stream = ((QuicChannel) connection)
                .createStream(QuicStreamType.BIDIRECTIONAL, new FirstText(answer)).get(5, TimeUnit.SECONDS);
        stream.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        return answer.get(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
