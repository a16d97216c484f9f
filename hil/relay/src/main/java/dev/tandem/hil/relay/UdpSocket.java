package dev.tandem.hil.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the relay's UDP sockets. */
final class UdpSocket {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);
    private static final int LARGEST = 65_535;
    /**
     * So that a burst waits in the relay's queue, where it is counted, and not before it. The kernel may grant less.
     */
    private static final int SOCKET_BUFFER = 4 << 20;

    private UdpSocket() {
    }

    /**
     * Registered, neither bound nor connected. {@code reader} borrows what it is given; ChannelException when there are
     * no more sockets.
     */
    static Channel open(EventLoop loop, BiConsumer<InetSocketAddress, ByteBuf> reader) {
        NioDatagramChannel channel = new NioDatagramChannel();
        // A datagram longer than the buffer would be cut short without a word.
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST));
        channel.config().setOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER);
        channel.config().setOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER);
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                reader.accept(packet.sender(), packet.content());
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                LOG.debug("[{}]: {}", context.channel(), String.valueOf(cause)); // nobody listens there, perhaps yet
            }
        });
        loop.register(channel);
        return channel;
    }
}
