package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bytes to {@link Frame}s. The header is checked before a byte of the payload is kept; the payload's array grows with
 * what has come, within the share of its device. A frame beyond that is read and dropped, and {@link Dropped} comes in
 * its place: the framing stays whole.
 *
 * <p>Ownership: releases the bytes read, keeping none of them but while the gate is shut; a Frame has its own heap
 * array and needs no release. What an unfinished frame has of the share is given back when it is finished, whoever
 * keeps it takes anew. After a FrameException everything that follows is dropped: the framing is in doubt.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final byte[] NONE = new byte[0];

    /** A frame that the share of its device did not allow. {@code why}: in words for the device. */
    record Dropped(FrameType type, long exchange, String why) {}

    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);
    private final Supplier<FrameRules> rules;
    private final Supplier<ByteShare> shares;
    private final ReadGate gate;
    /** What is read and not decoded: more than the last only while the gate is shut. */
    private final HeldBytes held = new HeldBytes();
    /** Whose bytes the payload is, as long as it has any: another may come with the hello. */
    private ByteShare share;
    private FrameType type;
    private byte[] payload = NONE;
    /** Bytes of the header, then of header and payload, that have come. */
    private int come;
    private String dropped;
    private boolean broken;
    private boolean decoding;
    /** The device has said more than it may in a second; null: it has not. */
    private ScheduledFuture<?> pausing;
    private ChannelHandlerContext context;

    /**
     * Both are asked for each frame, since a connection's change with its hello, for all its streams at once.
     *
     * @param rules what may come
     * @param shares who pays for it
     * @param gate while it is shut no frame comes out; null: it is open
     */
    FrameDecoder(Supplier<FrameRules> rules, Supplier<ByteShare> shares, ReadGate gate) {
        this.rules = rules;
        this.shares = shares;
        this.gate = gate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext same, Object message) {
        if (!(message instanceof ByteBuf in)) {
            same.fireChannelRead(message);
            return;
        }
        int bytes = in.readableBytes();
        held.add(in);
        pause(shares.get().read(bytes));
        goOn();
        if (!open()) {
            settle();
        }
    }

    /** The gate has opened, or shut. */
    void turned() {
        if (open()) {
            goOn();
        }
        settle();
    }

    private void pause(long nanos) {
        if (nanos > 0 && pausing == null) {
            pausing = context.executor().schedule(() -> {
                pausing = null;
                turned();
            }, nanos, TimeUnit.NANOSECONDS);
            settle();
        }
    }

    /** Reads on, or not. */
    private void settle() {
        context.channel().config().setAutoRead(open());
    }

    private void goOn() {
        if (decoding) {
            return; // what decodes further up sees it
        }
        decoding = true;
        try {
            for (ByteBuf in; !broken && open() && (in = held.next()) != null;) {
                if (come < FrameHeader.BYTES ? head(in) : body(in)) {
                    finish();
                }
            }
        } finally {
            decoding = false;
            if (broken) {
                held.drop();
            } else {
                held.rest(shares.get());
            }
        }
    }

    private boolean open() {
        return pausing == null && (gate == null || gate.pausedNanos() == 0);
    }

    private boolean head(ByteBuf in) {
        int bytes = Math.min(FrameHeader.BYTES - come, in.readableBytes());
        in.readBytes(scratch, come, bytes);
        come += bytes;
        if (come == FrameHeader.BYTES) {
            type = check();
            share = shares.get();
        }
        return whole();
    }

    private FrameType check() {
        try {
            return rules.get().check(header);
        } catch (FrameException e) {
            broken = true;
            throw e;
        }
    }

    private boolean body(ByteBuf in) {
        int at = come - FrameHeader.BYTES;
        int bytes = Math.min(header.length() - at, in.readableBytes());
        if (dropped == null && at + bytes > payload.length) {
            grow(at + bytes);
        }
        if (dropped == null) {
            in.readBytes(payload, at, bytes);
        } else {
            in.skipBytes(bytes);
        }
        come += bytes;
        return whole();
    }

    private boolean whole() {
        return come >= FrameHeader.BYTES && come == FrameHeader.BYTES + header.length();
    }

    /** Twice what has come, or all of it: who announces much and sends little gets little. */
    private void grow(int needed) {
        int size = Math.clamp(2L * payload.length, needed, header.length());
        int more = size - payload.length;
        if (type != FrameType.ASK && type != FrameType.SLICE) {
            share.owe(more); // some bytes of the connection's own
        } else if (!share.take(more)) {
            dropped = share.refusal(header.length());
            free();
            return;
        }
        try {
            payload = Arrays.copyOf(payload, size);
        } catch (OutOfMemoryError e) {
            share.give(more);
            throw e;
        }
    }

    private void free() {
        if (payload.length > 0) {
            share.give(payload.length);
            payload = NONE;
        }
    }

    private void finish() {
        byte[] whole = payload;
        Object done = dropped == null
                ? new Frame(type, header.exchange(), header.sequence(), header.tile(), whole)
                : new Dropped(type, header.exchange(), dropped);
        free();
        come = 0;
        dropped = null;
        ByteShare before = shares.get();
        context.fireChannelRead(done);
        if (shares.get() != before) {
            pause(shares.get().read(0)); // it was the hello, and the device may have been refused just now
        }
    }

    /** The channel has closed. */
    @Override
    public void handlerRemoved(ChannelHandlerContext same) {
        broken = true;
        free();
        if (!decoding) {
            held.drop();
        }
        if (pausing != null) {
            pausing.cancel(false); // else it holds the channel until its time comes
        }
    }
}
