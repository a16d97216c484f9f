package dev.tandem.transport.edge;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.wire.Sockets;
import dev.tandem.transport.wire.TcpWire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Takes devices over TCP with TLS 1.3, or without TLS in a laboratory. */
final class TcpListener {
    private static final int BACKLOG = 1_024;
    /** What is read of one connection before others have their turn: a TLS record and its neighbours. */
    private static final int TURN_BYTES = 64 << 10;

    private final Edge edge;

    TcpListener(Edge edge) {
        this.edge = edge;
    }

    ChannelFuture bind(EventLoopGroup loops, InetSocketAddress address) {
        return new ServerBootstrap().group(loops).channel(Sockets.tcpServer())
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(1_024, 4 << 10, TURN_BYTES)
                                .maxMessagesPerRead(1))
                .handler(new Door()).childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connected(channel);
                    }
                }).bind(address);
    }

    private void connected(Channel channel) {
        if (!edge.entrance().begins(channel, channel.remoteAddress())) {
            channel.close();
        } else if (edge.tls() == null) {
            addWire(channel.pipeline());
        } else {
            channel.pipeline().addLast(new Silent());
        }
    }

    private void addWire(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        Sockets.noticeDeadPeer(channel);
        WireCounter counter = new WireCounter();
        pipeline.addLast(counter);
        if (edge.tls() != null) {
            pipeline.addLast(edge.tls().tcpHandler(channel, edge.settings().handshake()));
        }
        new TcpWire(End.DEVICE, counter, edge.tls(),
                made -> new EdgeConnection(edge, made, () -> edge.entrance().ended(channel))).addTo(pipeline);
    }

    /** In front of Netty's acceptor: who knocks too often is closed before a loop, a pipeline or TLS is spent on it. */
    private final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel accepted = (Channel) message;
            if (edge.entrance().hearsConnect(accepted.remoteAddress())) {
                context.fireChannelRead(message);
            } else {
                accepted.config().setOption(ChannelOption.SO_LINGER, 0); // the kernel keeps nothing of it either
                accepted.unsafe().closeForcibly();
            }
        }
    }

    /** One who has said nothing yet: TLS and a wire are made with the first bytes, so that silence costs neither. */
    private final class Silent extends ChannelInboundHandlerAdapter {
        /** Null once something has been said. */
        private ScheduledFuture<?> patience;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            long millis = edge.settings().handshake().toMillis();
            patience = context.executor().schedule(() -> {
                edge.counters().countEnd(ErrorCode.HANDSHAKE_TIMEOUT);
                edge.strangers().warn("connection from [{}] closed: it said nothing for [{}] ms",
                        context.channel().remoteAddress(), millis);
                context.close();
            }, millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (patience != null) {
                patience.cancel(false);
                patience = null;
                edge.entrance().spoke(context.channel());
                addWire(context.pipeline());
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (patience != null) {
                patience.cancel(false);
            }
            context.fireChannelInactive();
        }
    }
}
