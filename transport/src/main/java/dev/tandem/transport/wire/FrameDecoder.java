package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Bytes to {@link Frame}s. The header is checked before the payload is waited for; the payload's array is made when all
 * of it is here.
 *
 * <p>Ownership: the base class owns and releases the bytes read; a Frame has its own heap array and needs no release.
 * After a FrameException everything that follows is dropped: the framing is in doubt.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);
    private final Supplier<FrameRules> rules;
    private boolean broken;

    /** {@code rules} is asked for each frame: a connection's change with its hello, for all its streams at once. */
    public FrameDecoder(Supplier<FrameRules> rules) {
        this.rules = rules;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < FrameHeader.BYTES) {
            return;
        }
        in.getBytes(in.readerIndex(), scratch);
        FrameType type = check();
        if (in.readableBytes() < FrameHeader.BYTES + header.length()) {
            return;
        }
        in.skipBytes(FrameHeader.BYTES);
        byte[] payload = new byte[header.length()];
        in.readBytes(payload);
        out.add(new Frame(type, header.exchange(), header.sequence(), header.tile(), payload));
    }

    private FrameType check() {
        try {
            return rules.get().check(header);
        } catch (FrameException e) {
            broken = true;
            throw e;
        }
    }
}
