package dev.tandem.transport.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The sockets of this process: epoll where it loads, else NIO; {@code -Dtandem.io=epoll}, {@code io_uring} or {@code
 * nio} asks for one.
 */
public final class Sockets {
    private static final SocketKind KIND = SocketKind.named(System.getProperty("tandem.io"));

    private Sockets() {
    }

    public static EventLoopGroup loops(int count, String name) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), KIND.handlers());
    }

    public static Class<? extends SocketChannel> tcp() {
        return KIND.tcp();
    }

    public static Class<? extends ServerSocketChannel> tcpServer() {
        return KIND.tcpServer();
    }

    public static Class<? extends DatagramChannel> udp() {
        return KIND.udp();
    }

    /** Lets the kernel notice a dead peer of a TCP channel as soon as this end's own clocks do. */
    public static void noticeDeadPeer(Channel channel) {
        KIND.noticeDeadPeer(channel);
    }
}
