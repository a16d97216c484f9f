package dev.tandem.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.transport.Links;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to a socket that this machine has. */
class SocketKindTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @ParameterizedTest
    @EnumSource
    void carriesUdpAndNoticeDeadTcpPeers(SocketKind kind) throws Exception {
        assumeTrue(kind.problem() == null, () -> "needs " + kind + ", which does not load here: " + kind.problem());
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, kind.handlers());
        try {
            udp(kind, loop);
            tcp(kind, loop);
        } finally {
            loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
        }
    }

    private static void udp(SocketKind kind, EventLoopGroup loop) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap().group(loop).channel(kind.udp())
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }

                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        heard.complete(((DatagramPacket) message).content().toString(StandardCharsets.UTF_8));
                        ReferenceCountUtil.release(message);
                    }
                });
        Channel to = bootstrap.bind(ANY).sync().channel();
        Channel from = bootstrap.bind(ANY).sync().channel();
        from.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer("slice", StandardCharsets.UTF_8),
                (InetSocketAddress) to.localAddress())).sync();
        assertEquals("slice", Links.get(heard));
        to.close().sync();
        from.close().sync();
    }

    private static void tcp(SocketKind kind, EventLoopGroup loop) throws Exception {
        CompletableFuture<Integer> accepted = new CompletableFuture<>();
        Channel server = new ServerBootstrap().group(loop).channel(kind.tcpServer())
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext context) {
                        kind.noticeDeadPeer(context.channel());
                        accepted.complete(kind.deadPeerMillis(context.channel()));
                    }
                }).bind(ANY).sync().channel();
        Channel client = new Bootstrap().group(loop).channel(kind.tcp()).handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress()).sync().channel();
        assertEquals(kind == SocketKind.NIO ? 0 : 5_000, Links.get(accepted));
        client.close().sync();
        server.close().sync();
    }

    @Test
    void choosesByName() {
        assertTrue(SocketKind.named(null).problem() == null);
        assertEquals(SocketKind.named(null), SocketKind.named(""));
        assertEquals(SocketKind.NIO, SocketKind.named("nio"));
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
                () -> SocketKind.named("kqueue"));
        assertTrue(thrown.getMessage().contains("[kqueue], needed epoll, io_uring or nio"), thrown.getMessage());
    }
}
