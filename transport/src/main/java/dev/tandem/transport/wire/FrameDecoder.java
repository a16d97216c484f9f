package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Bytes to {@link Frame}s. The header is checked before a byte of the payload is kept; the payload's array grows with
 * what has come, within the share of its device. A frame beyond that is read and dropped, and {@link Dropped} comes in
 * its place: the framing stays whole.
 *
 * <p>Ownership: releases the bytes read, keeping none of them; a Frame has its own heap array and needs no release.
 * What an unfinished frame has of the share is given back when it is finished, whoever keeps it takes anew. After a
 * FrameException everything that follows is dropped: the framing is in doubt.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final byte[] NONE = new byte[0];

    /** A frame that the share of its device did not allow. {@code why}: in words for the device. */
    record Dropped(FrameType type, long exchange, String why) {}

    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);
    private final Supplier<FrameRules> rules;
    private final Supplier<ByteShare> shares;
    /** Whose bytes the payload is, as long as it has any: another may come with the hello. */
    private ByteShare share;
    private FrameType type;
    private byte[] payload = NONE;
    /** Bytes of the header, then of header and payload, that have come. */
    private int come;
    private String dropped;
    private boolean broken;

    /**
     * Both are asked for each frame, since a connection's change with its hello, for all its streams at once.
     *
     * @param rules what may come
     * @param shares who pays for it
     */
    public FrameDecoder(Supplier<FrameRules> rules, Supplier<ByteShare> shares) {
        this.rules = rules;
        this.shares = shares;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            while (!broken && in.isReadable()) {
                if (come < FrameHeader.BYTES) {
                    head(context, in);
                } else {
                    body(context, in);
                }
            }
        } finally {
            in.release();
        }
    }

    private void head(ChannelHandlerContext context, ByteBuf in) {
        int bytes = Math.min(FrameHeader.BYTES - come, in.readableBytes());
        in.readBytes(scratch, come, bytes);
        come += bytes;
        if (come == FrameHeader.BYTES) {
            type = check();
            share = shares.get();
            finish(context);
        }
    }

    private FrameType check() {
        try {
            return rules.get().check(header);
        } catch (FrameException e) {
            broken = true;
            throw e;
        }
    }

    private void body(ChannelHandlerContext context, ByteBuf in) {
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
        finish(context);
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

    private void finish(ChannelHandlerContext context) {
        if (come < FrameHeader.BYTES + header.length()) {
            return;
        }
        byte[] whole = payload;
        Object done = dropped == null
                ? new Frame(type, header.exchange(), header.sequence(), header.tile(), whole)
                : new Dropped(type, header.exchange(), dropped);
        free();
        come = 0;
        dropped = null;
        context.fireChannelRead(done);
    }

    /** The channel has closed. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        broken = true;
        free();
    }
}
