package dev.tandem.transport.device;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.ClosedChannelException;

/**
 * Last on a UDP socket: a packet that comes while the socket is being closed makes Netty say so once more. A device
 * that needs no edge after all closes in the middle of a handshake, and nobody needs to know.
 */
final class ClosedSocket extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) {
            context.fireExceptionCaught(cause);
        }
    }
}
