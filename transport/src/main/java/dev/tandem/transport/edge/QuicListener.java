package dev.tandem.transport.edge;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.wire.QuicCodec;
import dev.tandem.transport.wire.QuicEvents;
import dev.tandem.transport.wire.QuicStream;
import dev.tandem.transport.wire.QuicStreams;
import dev.tandem.transport.wire.Sockets;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Takes devices over QUIC on one UDP socket: packets find their connection by its id, so that a device may change its
 * address.
 */
final class QuicListener {
    /**
     * QUIC's own limit of streams is far away: where the device moves, the frame that raises it may be lost and is not
     * repaired, and a device that has used it up asks nothing any more. {@link QuicStreams} bounds those that are open.
     */
    private static final long STREAMS = 1 << 20;
    private static final int SOCKET_BYTES = 4 << 20;
    /**
     * quiche takes its own limit of connection ids for that of paths too, the addresses that a device may have had: it
     * never forgets a path whose connection id is still the same. How many ids the edge gives out {@link ResetTokens}
     * bounds.
     */
    private static final int PATHS = 1_024;

    private final Edge edge;
    private final HandshakeLoad load = new HandshakeLoad();

    QuicListener(Edge edge) {
        this.edge = edge;
    }

    ChannelFuture bind(EventLoopGroup loops, InetSocketAddress address) {
        ChannelHandler codec = QuicCodec.common(new QuicServerCodecBuilder()).activeConnectionIdLimit(PATHS)
                .sslEngineProvider(channel -> edge.tls().quicEngine(channel))
                .initialMaxStreamsBidirectional(STREAMS)
                .initialMaxStreamsUnidirectional(0).tokenHandler(new AddressTokens(load))
                .resetTokenGenerator(new ResetTokens())
                .handler(new ChannelInitializer<QuicChannel>() {
                    @Override
                    protected void initChannel(QuicChannel channel) {
                        connected(channel);
                    }
                }).streamHandler(new QuicStream.Initializer()).build();
        return new Bootstrap().group(loops).channel(Sockets.udp()).option(ChannelOption.SO_RCVBUF, SOCKET_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BYTES).handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline().addLast(new InitialsDoor(edge.entrance()), codec);
                    }
                }).bind(address);
    }

    private void connected(QuicChannel channel) {
        SocketAddress remote = channel.remoteSocketAddress();
        if (!edge.entrance().begins(channel, remote)) {
            channel.close();
            return;
        }
        edge.entrance().spoke(channel);
        load.begin(remote);
        channel.pipeline().addLast(new Handshake(remote), new QuicEvents(End.EDGE, edge.tls(), null,
                wire -> new EdgeConnection(edge, wire, () -> edge.entrance().ended(channel))));
    }

    /** Counts a handshake until it has ended, well or not. */
    private final class Handshake extends ChannelInboundHandlerAdapter {
        private final SocketAddress remote;
        private boolean running = true;

        Handshake(SocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.channel().closeFuture().addListener(closed -> end());
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            end();
            context.fireChannelActive();
        }

        private void end() {
            if (running) {
                running = false;
                load.end(remote);
            }
        }
    }
}
