package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.nio.ByteBuffer;

/** {@link Frame}s to bytes. Ownership: the base class hands the buffer on, or releases it when writing fails. */
public final class FrameEncoder extends MessageToByteEncoder<Frame> {
    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);

    public FrameEncoder() {
        super(Frame.class);
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext context, Frame frame, boolean preferDirect) {
        return preferDirect
                ? context.alloc().ioBuffer(frame.bytes(), frame.bytes())
                : context.alloc().heapBuffer(frame.bytes(), frame.bytes());
    }

    @Override
    protected void encode(ChannelHandlerContext context, Frame frame, ByteBuf out) {
        frame.putHeader(header);
        out.writeBytes(scratch).writeBytes(frame.payload());
    }
}
