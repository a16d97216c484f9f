package dev.tandem.transport.edge;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.wire.FrameDecoder;
import dev.tandem.transport.wire.FrameEncoder;
import dev.tandem.transport.wire.Sockets;
import dev.tandem.transport.wire.TcpWire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes devices over TCP with TLS 1.3, or without TLS in a laboratory. */
final class TcpListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int BACKLOG = 1_024;

    private final Edge edge;

    TcpListener(Edge edge) {
        this.edge = edge;
    }

    ChannelFuture bind(EventLoopGroup loops, InetSocketAddress address) {
        return new ServerBootstrap().group(loops).channel(Sockets.tcpServer())
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true).childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Sockets.noticeDeadPeer(channel);
                        connected(channel);
                    }
                }).bind(address);
    }

    private void connected(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        if (!edge.admit(remote)) {
            edge.counters().countEnd(ErrorCode.OVERLOADED);
            LOG.warn("device at [{}] refused: [{}] devices are connected already", remote, edge.connections().size());
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> edge.leave(remote));
        WireCounter counter = new WireCounter();
        channel.pipeline().addLast(counter);
        if (edge.tls() != null) {
            channel.pipeline().addLast(edge.tls().tcpHandler(channel, edge.settings().handshake()));
        }
        TcpWire wire = new TcpWire(End.DEVICE, counter, edge.tls(), made -> new EdgeConnection(edge, made));
        channel.pipeline().addLast(new FrameDecoder(wire::rules), new FrameEncoder(), wire);
    }
}
