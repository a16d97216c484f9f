package dev.tandem.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts bytes next to the socket, below TLS and QUIC, and remembers when the last ones passed. Ownership: passes every
 * buffer on untouched. Readings are thread safe.
 */
public final class WireCounter extends ChannelDuplexHandler {
    private final LongAdder written;
    private final LongAdder read;
    private volatile long lastRead = System.nanoTime();
    private volatile long lastWrite = lastRead;

    public WireCounter() {
        this(new LongAdder(), new LongAdder());
    }

    /** Adds to counts that others add to as well. */
    public WireCounter(LongAdder written, LongAdder read) {
        this.written = written;
        this.read = read;
    }

    long lastReadNanos() {
        return lastRead;
    }

    long lastWriteNanos() {
        return lastWrite;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        read.add(sizeOf(message));
        lastRead = System.nanoTime();
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        written.add(sizeOf(message));
        lastWrite = System.nanoTime();
        context.write(message, promise);
    }

    private static int sizeOf(Object message) {
        return switch (message) {
            case ByteBuf buffer -> buffer.readableBytes();
            case DatagramPacket packet -> packet.content().readableBytes();
            default -> 0;
        };
    }
}
