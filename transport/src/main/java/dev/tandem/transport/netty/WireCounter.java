package dev.tandem.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.LongAdder;

/** Counts bytes next to the socket, below TLS. Ownership: passes every buffer on untouched. Counters are thread safe. */
final class WireCounter extends ChannelDuplexHandler {
    private final LongAdder written = new LongAdder();
    private final LongAdder read = new LongAdder();

    WireBytes bytes() {
        return new WireBytes(written.sum(), read.sum());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf buffer) {
            read.add(buffer.readableBytes());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf buffer) {
            written.add(buffer.readableBytes());
        }
        context.write(message, promise);
    }
}
