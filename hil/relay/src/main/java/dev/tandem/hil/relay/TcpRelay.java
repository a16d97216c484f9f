package dev.tandem.hil.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes TCP connections and passes their bytes on over the link. Losses cost time, not bytes: {@link Segment}.
 * Everything happens on the event loop; each method is called there.
 */
final class TcpRelay {
    /** Small, so that what the link cannot take stays with the sender, where its own back-pressure sees it. */
    static final int SOCKET_BUFFER = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);
    private static final int BACKLOG = 1_024;
    private static final int PAUSE_S = 1;

    private final EventLoop loop;
    private final Link link;
    private final InetSocketAddress server;
    private final RelayLimits limits;
    private final Counters counters;
    private final Set<TcpConnection> connections = new HashSet<>();
    private Channel listening;

    TcpRelay(EventLoop loop, Link link, InetSocketAddress server, RelayLimits limits, Counters counters) {
        this.loop = loop;
        this.link = link;
        this.server = server;
        this.limits = limits;
        this.counters = counters;
    }

    /** Done when the future is, which it is at once. */
    ChannelFuture listen(InetSocketAddress at) {
        NioServerSocketChannel channel = new NioServerSocketChannel();
        channel.config().setReuseAddress(true).setBacklog(BACKLOG).setReceiveBufferSize(SOCKET_BUFFER);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                accept((SocketChannel) accepted);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                LOG.warn("accepting on [{}] failed, again in [{}] s: {}", context.channel().localAddress(), PAUSE_S,
                        String.valueOf(cause));
                context.channel().config().setAutoRead(false);
                loop.schedule(() -> context.channel().config().setAutoRead(true), PAUSE_S, TimeUnit.SECONDS);
            }
        });
        loop.register(channel);
        ChannelFuture bound = channel.bind(at);
        if (bound.isSuccess()) {
            listening = channel;
        } else {
            channel.close();
        }
        return bound;
    }

    private void accept(SocketChannel client) {
        if (connections.size() >= limits.sessions()) {
            counters.add(Way.UP, Outcome.REFUSED);
            TcpConnection.reset(client);
            return;
        }
        TcpConnection connection = new TcpConnection(loop, link, server, client, counters);
        connections.add(connection);
        connection.whenClosed(() -> connections.remove(connection));
        connection.open();
    }

    int connections() {
        return connections.size();
    }

    /** The link has changed. */
    void resume() {
        connections.forEach(TcpConnection::resume);
    }

    /** Stops listening; connections stay. */
    void stopListening() {
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }

    void close() {
        stopListening();
        List.copyOf(connections).forEach(TcpConnection::close);
    }
}
