package dev.tandem.transport.wire;

import dev.tandem.transport.session.Causes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.Locale;

/** The ways of Netty to a socket. */
enum SocketKind {
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class, EpollDatagramChannel.class,
            EpollChannelOption.TCP_USER_TIMEOUT) {
        @Override
        Throwable problem() {
            return Epoll.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    IO_URING(IoUringSocketChannel.class, IoUringServerSocketChannel.class, IoUringDatagramChannel.class,
            IoUringChannelOption.TCP_USER_TIMEOUT) {
        @Override
        Throwable problem() {
            return IoUring.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return IoUringIoHandler.newFactory();
        }
    },
    /** Everywhere; the JDK lets nobody set how long the kernel tries to reach a dead peer. */
    NIO(NioSocketChannel.class, NioServerSocketChannel.class, NioDatagramChannel.class, null) {
        @Override
        Throwable problem() {
            return null;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    /**
     * What a peer does not acknowledge for so long it never will: the kernel gives up when this end's own clocks do.
     */
    private static final int DEAD_PEER_MILLIS = 5_000;

    private final Class<? extends SocketChannel> tcp;
    private final Class<? extends ServerSocketChannel> tcpServer;
    private final Class<? extends DatagramChannel> udp;
    private final ChannelOption<Integer> userTimeout;

    SocketKind(Class<? extends SocketChannel> tcp, Class<? extends ServerSocketChannel> tcpServer,
            Class<? extends DatagramChannel> udp, ChannelOption<Integer> userTimeout) {
        this.tcp = tcp;
        this.tcpServer = tcpServer;
        this.udp = udp;
        this.userTimeout = userTimeout;
    }

    /** Why it cannot be used here; null when it can. */
    abstract Throwable problem();

    abstract IoHandlerFactory handlers();

    Class<? extends SocketChannel> tcp() {
        return tcp;
    }

    Class<? extends ServerSocketChannel> tcpServer() {
        return tcpServer;
    }

    Class<? extends DatagramChannel> udp() {
        return udp;
    }

    /** Lets the kernel notice a dead peer, where it can be told to; {@code channel} is a TCP channel of this kind. */
    void noticeDeadPeer(Channel channel) {
        if (userTimeout != null) {
            channel.config().setOption(userTimeout, DEAD_PEER_MILLIS);
        }
    }

    /** What the kernel was told; 0: nothing. */
    int deadPeerMillis(Channel channel) {
        return userTimeout == null ? 0 : channel.config().getOption(userTimeout);
    }

    /**
     * The one of this name, lower case; without a name epoll where it loads, else NIO. IllegalArgumentException when
     * there is none, or it does not load here.
     */
    static SocketKind named(String name) {
        if (name == null || name.isEmpty()) {
            return EPOLL.problem() == null ? EPOLL : NIO;
        }
        SocketKind kind = Arrays.stream(values()).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "sockets by -Dtandem.io [" + name + "], needed epoll, io_uring or nio"));
        if (kind.problem() != null) {
            throw new IllegalArgumentException("sockets by -Dtandem.io [" + name + "]: it does not load here ["
                    + Causes.deepest(kind.problem()) + "]; leave the setting out", kind.problem());
        }
        return kind;
    }
}
