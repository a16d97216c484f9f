package dev.tandem.transport.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Flyweight over the 12 bytes of docs/wire.md, section 1; little-endian. Wraps a place in a buffer and reads or writes
 * the fields there; holds no memory of its own. Not thread safe. The same header stands before every frame on TCP, QUIC
 * streams and QUIC datagrams.
 */
public final class FrameHeader {
    public static final int MARK_OFFSET = 0;
    public static final int TYPE_OFFSET = 1;
    public static final int SEQUENCE_OFFSET = 2;
    public static final int EXCHANGE_OFFSET = 4;
    public static final int LENGTH_OFFSET = 8;
    public static final int TILE_OFFSET = 11;
    /** Size of a header in bytes. */
    public static final int BYTES = 12;

    /** High nibble: a Tandem frame. Low nibble: header layout 1. */
    public static final int MARK = 0xD1;
    public static final int MAX_PAYLOAD_BYTES = 0xFF_FFFF;
    public static final int MAX_SEQUENCE = 0xFFFF;
    public static final int MAX_TILE = 0xFF;
    public static final long MAX_EXCHANGE = 0xFFFF_FFFFL;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int at;

    /**
     * Looks at {@value #BYTES} bytes of {@code buffer} from {@code offset}; the buffer's order and position do not
     * matter.
     */
    public FrameHeader wrap(ByteBuffer buffer, int offset) {
        if (offset < 0 || offset > buffer.limit() - BYTES) {
            throw new IndexOutOfBoundsException(
                    "frame header at [" + offset + "] of a buffer of [" + buffer.limit() + "] bytes, needed " + BYTES);
        }
        this.buffer = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.at = offset;
        return this;
    }

    /** Writes a whole header. Lengths and ids beyond their field are a caller's mistake: IllegalArgumentException. */
    public FrameHeader put(FrameType type, long exchange, int sequence, int tile, int length) {
        requireRange("sequence", sequence, MAX_SEQUENCE);
        requireRange("exchange", exchange, MAX_EXCHANGE);
        requireRange("tile", tile, MAX_TILE);
        requireRange("payload length", length, type.maxPayloadBytes());
        buffer.put(at + MARK_OFFSET, (byte) MARK);
        buffer.put(at + TYPE_OFFSET, (byte) type.code());
        buffer.putShort(at + SEQUENCE_OFFSET, (short) sequence);
        buffer.putInt(at + EXCHANGE_OFFSET, (int) exchange);
        buffer.putInt(at + LENGTH_OFFSET, length | tile << 24); // three bytes of length, one of tile
        return this;
    }

    public int mark() {
        return buffer.get(at + MARK_OFFSET) & 0xFF;
    }

    public int typeCode() {
        return buffer.get(at + TYPE_OFFSET) & 0xFF;
    }

    public int sequence() {
        return buffer.getShort(at + SEQUENCE_OFFSET) & 0xFFFF;
    }

    public long exchange() {
        return buffer.getInt(at + EXCHANGE_OFFSET) & 0xFFFF_FFFFL;
    }

    /** Payload bytes, 0 to {@link #MAX_PAYLOAD_BYTES}. */
    public int length() {
        return buffer.getInt(at + LENGTH_OFFSET) & MAX_PAYLOAD_BYTES;
    }

    /** Which crop of its picture a SLICE belongs to; 0 in every other frame. */
    public int tile() {
        return buffer.get(at + TILE_OFFSET) & 0xFF;
    }

    private static void requireRange(String what, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("frame header: " + what + " [" + value + "], needed 0 to " + max);
        }
    }
}
