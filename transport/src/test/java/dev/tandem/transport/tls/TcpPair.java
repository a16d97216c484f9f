package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bare TLS edge over TCP on loopback, and devices that call it. */
public final class TcpPair implements HandshakePair {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    private final BlockingQueue<HandshakeEnd> accepted = new LinkedBlockingQueue<>();

    TcpPair(TlsContexts edge) {
        server = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        HandshakeEnd end = new HandshakeEnd();
                        accepted.add(end);
                        channel.pipeline().addLast(edge.tcpHandler(channel, HANDSHAKE),
                                end.handler(edge, End.EDGE), new Echo());
                    }
                }).bind(new InetSocketAddress("127.0.0.1", 0)).syncUninterruptibly().channel();
    }

    @Override
    public Connection connect(TlsContexts device, String host) throws InterruptedException {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        HandshakeEnd end = new HandshakeEnd();
        Channel socket = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(
                                device.tcpHandler(channel, host, address.getPort(), HANDSHAKE),
                                end.handler(device, End.DEVICE));
                    }
                }).connect(address).syncUninterruptibly().channel();
        return new Connection(end, accepted.poll(10, TimeUnit.SECONDS), socket, this);
    }

    @Override
    public String echo(Channel connection, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        connection.pipeline().addLast(new FirstText(answer));
        connection.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        return answer.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
