package dev.tandem.hil.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and the one to the server that belongs to it. The kernel has taken the client's in no time;
 * nothing moves before the handshake would have been over. Only the event loop touches it.
 */
final class TcpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final EventLoop loop;
    private final Link link;
    private final InetSocketAddress server;
    private final SocketChannel client;
    private final Pump up;
    private final Pump down;
    private SocketChannel upstream;

    TcpConnection(EventLoop loop, Link link, InetSocketAddress server, SocketChannel client, Counters counters) {
        this.loop = loop;
        this.link = link;
        this.server = server;
        this.client = client;
        int headerBytes = Segment.HEADER + UdpRelay.ipHeaderBytes(server);
        up = new Pump(loop, Way.UP, link, counters, headerBytes);
        down = new Pump(loop, Way.DOWN, link, counters, headerBytes);
    }

    /** Registers the client and goes on when the handshake is over. */
    void open() {
        prepare(client, Way.UP);
        client.pipeline().addLast(up);
        loop.register(client);
        loop.schedule(() -> handshaken(0), link.handshakeNs(), TimeUnit.NANOSECONDS);
    }

    /** Runs {@code then} when both ends are closed. */
    void whenClosed(Runnable then) {
        client.closeFuture().addListener(closed -> {
            if (upstream == null) {
                then.run();
            } else {
                upstream.closeFuture().addListener(both -> then.run());
            }
        });
    }

    /** Looks again whether something may move: the link has changed. */
    void resume() {
        up.resume();
        down.resume();
    }

    void close() {
        up.discard();
        down.discard();
        client.close();
        if (upstream != null) {
            upstream.close();
        }
    }

    private void handshaken(int failures) {
        if (!client.isActive()) {
            return;
        }
        if (link.cut(link.nowNs())) {
            loop.schedule(() -> handshaken(Math.min(failures + 1, Link.MOST_SYN_FAILURES)),
                    Link.SYN_TIMEOUT_NS << failures, TimeUnit.NANOSECONDS);
            return;
        }
        try {
            upstream = new NioSocketChannel();
        } catch (ChannelException problem) {
            LOG.warn("no TCP socket towards [{}]: {}; is the limit of open files too low?", server,
                    problem.getMessage());
            reset(client);
            return;
        }
        prepare(upstream, Way.DOWN);
        upstream.pipeline().addLast(down);
        loop.register(upstream);
        upstream.connect(server).addListener(connected -> {
            if (connected.isSuccess() && client.isActive()) {
                up.start(client, upstream, down);
                down.start(upstream, client, up);
            } else {
                LOG.debug("connecting to [{}] failed", server, connected.cause());
                upstream.close();
                reset(client);
            }
        });
    }

    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    private void prepare(SocketChannel channel, Way way) {
        channel.config().setAutoRead(false).setAllowHalfClosure(true).setTcpNoDelay(true)
                .setReceiveBufferSize(TcpRelay.SOCKET_BUFFER)
                .setRecvByteBufAllocator(new DefaultMaxMessagesRecvByteBufAllocator() {
                    @Override
                    public MaxMessageHandle newHandle() {
                        return new MaxMessageHandle() {
                            @Override
                            public int guess() {
                                return link.segments(way).readBytes();
                            }
                        };
                    }
                });
    }
}
