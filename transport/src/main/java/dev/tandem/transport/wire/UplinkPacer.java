package dev.tandem.transport.wire;

import dev.tandem.transport.session.LinkRate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Lets bytes out like a serial link of a fixed rate: each piece of at most {@value #PIECE_BYTES} bytes goes to the
 * socket when {@link LinkRate} says that its last byte would be through; a datagram is one piece. Netty's traffic
 * shaping averages over its check interval and lets a single kilobyte pass at once (docs/results/link.md), so it cannot
 * stand for a 25 KB/s link here.
 *
 * <p>Ownership: takes each buffer written to it and hands on retained slices of it; releases what is left when the
 * channel closes. Makes the channel unwritable while more than {@value #HIGH_WATER_BYTES} bytes wait. A close waits
 * until the bytes before it are out, {@value #LAST_MILLIS} ms at most.
 */
public final class UplinkPacer extends ChannelDuplexHandler {
    public static final int PIECE_BYTES = 1_400;
    private static final int HIGH_WATER_BYTES = 64 * 1_024;
    /** With the time that TLS takes to say goodbye less than a client waits for its sockets. */
    public static final int LAST_MILLIS = 500;
    private static final int WRITABILITY_INDEX = 1;

    private record Piece(Object message, int bytes, ChannelPromise promise, long leaveNanos) {}

    private final LinkRate rate;
    private final Queue<Piece> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean timerSet;
    private ChannelPromise closing;
    private boolean gone;

    public UplinkPacer(long bytesPerSecond) {
        this.rate = new LinkRate(bytesPerSecond);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (gone) {
            context.write(message, promise); // QUIC says goodbye to a socket that is closed; no timer may be left to run
            return;
        }
        long now = System.nanoTime();
        switch (message) {
            case ByteBuf stream -> cut(context, stream, promise, now);
            case DatagramPacket packet -> add(packet, packet.content().readableBytes(), promise, now);
            default -> {
                context.write(message, promise);
                return;
            }
        }
        tellWritability(context);
        setTimer(context, now);
    }

    private void add(Object message, int bytes, ChannelPromise promise, long now) {
        waitingBytes += bytes;
        waiting.add(new Piece(message, bytes, promise, rate.leaveNanos(now, bytes)));
    }

    private void cut(ChannelHandlerContext context, ByteBuf buffer, ChannelPromise promise, long now) {
        try {
            do {
                ByteBuf piece = buffer.readRetainedSlice(Math.min(PIECE_BYTES, buffer.readableBytes()));
                ChannelPromise own = buffer.isReadable() ? context.newPromise() : promise;
                add(piece, piece.readableBytes(), own, now);
            } while (buffer.isReadable());
        } finally {
            buffer.release();
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush(); // what waits is flushed when its time comes
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (waiting.isEmpty() || closing != null) {
            context.close(promise);
        } else {
            closing = promise;
            context.executor().schedule(() -> end(context), LAST_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void setTimer(ChannelHandlerContext context, long now) {
        if (!timerSet && !waiting.isEmpty()) {
            timerSet = true;
            long delay = Math.max(0, waiting.peek().leaveNanos() - now);
            context.executor().schedule(() -> release(context), delay, TimeUnit.NANOSECONDS);
        }
    }

    private void release(ChannelHandlerContext context) {
        timerSet = false;
        long now = System.nanoTime();
        boolean any = false;
        while (!waiting.isEmpty() && waiting.peek().leaveNanos() - now <= 0) {
            Piece piece = waiting.remove();
            waitingBytes -= piece.bytes();
            context.write(piece.message(), piece.promise());
            any = true;
        }
        if (any) {
            context.flush();
        }
        tellWritability(context);
        setTimer(context, now);
        if (waiting.isEmpty() && closing != null) {
            end(context);
        }
    }

    /** Closes, once: a timer may come when another, or the peer, has closed already. */
    private void end(ChannelHandlerContext context) {
        if (!gone) {
            context.close(closing);
        }
    }

    private void drop() {
        gone = true;
        ClosedChannelException closed = new ClosedChannelException();
        for (Piece piece; (piece = waiting.poll()) != null;) {
            ReferenceCountUtil.release(piece.message());
            piece.promise().tryFailure(closed);
        }
        waitingBytes = 0;
        if (closing != null) {
            closing.trySuccess();
        }
    }

    private void tellWritability(ChannelHandlerContext context) {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        if (out != null) {
            out.setUserDefinedWritability(WRITABILITY_INDEX, waitingBytes <= HIGH_WATER_BYTES);
        }
    }
}
