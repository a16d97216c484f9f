package dev.tandem.transport.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops datagrams with a long header, with which handshakes begin (RFC 9000, section 17.2), where an address sends more
 * of them than the {@link Entrance} hears: before a connection, a Retry or a version negotiation is spent on them. Those
 * of connections that are made have short headers. Event loop of the listening socket only.
 */
final class InitialsDoor extends ChannelInboundHandlerAdapter {
    private static final int LONG_HEADER = 0x80;

    private final Entrance entrance;

    InitialsDoor(Entrance entrance) {
        this.entrance = entrance;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof DatagramPacket packet && longHeader(packet.content())
                && !entrance.hearsInitial(packet.sender())) {
            ReferenceCountUtil.release(packet);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean longHeader(ByteBuf datagram) {
        return datagram.isReadable() && (datagram.getByte(datagram.readerIndex()) & LONG_HEADER) != 0;
    }
}
