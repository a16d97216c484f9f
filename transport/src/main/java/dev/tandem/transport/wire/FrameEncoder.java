package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.MessageToByteEncoder;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * {@link Frame}s to bytes, which count for the share of their device until they have left. Ownership: the base class
 * hands the buffer on, or releases it when writing fails.
 */
public final class FrameEncoder extends MessageToByteEncoder<Frame> {
    private final byte[] scratch = new byte[FrameHeader.BYTES];
    private final FrameHeader header = new FrameHeader().wrap(ByteBuffer.wrap(scratch), 0);
    private final Supplier<ByteShare> shares;
    private final ReadGate gate;

    /** {@code gate} hears of what answers the other end's frames; null: nobody does. */
    FrameEncoder(Supplier<ByteShare> shares, ReadGate gate) {
        super(Frame.class);
        this.shares = shares;
        this.gate = gate;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!(message instanceof Frame frame)) {
            context.write(message, promise);
            return;
        }
        int bytes = frame.bytes();
        boolean gated = gate != null && frame.type() != FrameType.PART;
        ByteShare share = shares.get();
        share.owe(bytes);
        if (gated) {
            gate.written(bytes);
        }
        ChannelPromise told = promise.unvoid();
        told.addListener(left -> {
            share.give(bytes);
            if (gated) {
                gate.left(bytes);
            }
        });
        super.write(context, frame, told);
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
