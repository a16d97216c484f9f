package dev.tandem.transport.netty;

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

/**
 * Bytes to {@link Frame}s. The header is checked before the payload is waited for; the payload's array is made when all of it is here.
 *
 * <p>Ownership: the base class owns and releases the bytes read; a Frame has its own heap array and needs no release. After a
 * FrameException everything that follows is dropped: the framing is in doubt.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);
    private FrameRules rules;
    private boolean broken;

    FrameDecoder(FrameRules rules) {
        this.rules = rules;
    }

    /** Other rules from the next frame on. Event loop only. */
    void rules(FrameRules next) {
        rules = next;
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
        out.add(new Frame(type, header.exchange(), header.sequence(), payload));
    }

    private FrameType check() {
        try {
            return rules.check(header);
        } catch (FrameException e) {
            broken = true;
            throw e;
        }
    }
}
