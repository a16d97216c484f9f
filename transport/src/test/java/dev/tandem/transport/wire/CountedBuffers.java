package dev.tandem.transport.wire;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Heap buffers whose bytes are counted from the first to the last: what is still used when a case has ended has leaked.
 * One thread.
 */
public final class CountedBuffers extends AbstractByteBufAllocator {
    private long used;
    private long peak;

    public CountedBuffers() {
        super(false);
    }

    private final class Counted extends UnpooledHeapByteBuf {
        Counted(int initial, int most) {
            super(CountedBuffers.this, initial, most);
        }

        @Override
        protected byte[] allocateArray(int bytes) {
            used += bytes;
            peak = Math.max(peak, used);
            return super.allocateArray(bytes);
        }

        @Override
        protected void freeArray(byte[] array) {
            used -= array.length;
            super.freeArray(array);
        }
    }

    public long used() {
        return used;
    }

    /** The most that was ever used at once. */
    public long peak() {
        return peak;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initial, int most) {
        return new Counted(initial, most);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initial, int most) {
        return new Counted(initial, most);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
