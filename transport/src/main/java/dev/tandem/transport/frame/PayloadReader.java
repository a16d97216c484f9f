package dev.tandem.transport.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one payload in order; a field that does not fit, bad UTF-8 or bytes left over are malformed. */
final class PayloadReader {
    private final FrameType type;
    private final ByteBuffer buffer;

    PayloadReader(Frame frame, FrameType expected) {
        if (frame.type() != expected) {
            throw new IllegalArgumentException("reading a [" + frame.type() + "] frame as " + expected);
        }
        this.type = expected;
        this.buffer = ByteBuffer.wrap(frame.payload()).order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8() {
        return need(1).get() & 0xFF;
    }

    int u16() {
        return need(2).getShort() & 0xFFFF;
    }

    /** A u32 that is used as a count or a time and so must fit an int. */
    int count() {
        int value = need(4).getInt();
        return (int) bounded(value & 0xFFFF_FFFFL, Integer.MAX_VALUE);
    }

    /** A u32 as it stands: a counter that wraps. */
    int u32() {
        return need(4).getInt();
    }

    /** A u64 that must fit a long. */
    long count64() {
        long value = need(8).getLong();
        if (value < 0) {
            throw FrameException.malformed(type + " 64-bit field", Long.toUnsignedString(value), "below 2^63");
        }
        return value;
    }

    byte[] bytes(int length) {
        ByteBuffer source = need(length);
        byte[] value = new byte[length];
        source.get(value);
        return value;
    }

    String str8() {
        return text(u8());
    }

    String str16() {
        return text(u16());
    }

    /** What is left. */
    byte[] rest() {
        return bytes(buffer.remaining());
    }

    /** Everything must have been read. */
    void end() {
        if (buffer.hasRemaining()) {
            throw FrameException.malformed(type + " payload bytes after its last field", buffer.remaining(), "none");
        }
    }

    /** Fit to be shown: see {@link Text#plain}. */
    private String text(int length) {
        try {
            ByteBuffer part = need(length).slice(buffer.position(), length);
            buffer.position(buffer.position() + length);
            return Text.plain(StandardCharsets.UTF_8.newDecoder().decode(part).toString());
        } catch (CharacterCodingException e) {
            throw FrameException.malformed(type + " text of bytes", length, "UTF-8");
        }
    }

    private long bounded(long value, long max) {
        if (value > max) {
            throw FrameException.malformed(type + " count", value, "at most " + max);
        }
        return value;
    }

    private ByteBuffer need(int length) {
        if (buffer.remaining() < length) {
            throw FrameException.malformed(type + " payload at byte " + buffer.position(),
                    buffer.remaining() + " bytes left", length + " bytes");
        }
        return buffer;
    }
}
