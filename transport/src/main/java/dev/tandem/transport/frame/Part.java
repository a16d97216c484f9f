package dev.tandem.transport.frame;

import java.util.Arrays;

/**
 * PART: a piece of the answer. The link passes it on unread. The array is not copied: nobody changes it afterwards.
 *
 * @param kind what the bytes are, 0 to 255
 * @param bytes 1 to {@value #MAX_BYTES} of them
 */
public record Part(int kind, byte[] bytes) {
    /** What a PART holds beside its kind. */
    public static final int MAX_BYTES = (1 << 20) - 1;

    public Part {
        if (kind < 0 || kind > 0xFF || bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("part of kind [" + kind + "] and [" + bytes.length
                    + "] bytes, needed a kind of 0 to 255 and 1 to " + MAX_BYTES + " bytes");
        }
    }

    /** {@code sequence}: parts of the exchange before it; the field holds it modulo 65,536. */
    public Frame toFrame(long exchange, int sequence) {
        byte[] payload = new byte[1 + bytes.length];
        payload[0] = (byte) kind;
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        return new Frame(FrameType.PART, exchange, sequence & FrameHeader.MAX_SEQUENCE, payload);
    }

    /** FrameException when the payload is not a PART. */
    public static Part read(Frame frame) {
        int kind = new PayloadReader(frame, FrameType.PART).u8();
        byte[] payload = frame.payload();
        if (payload.length == 1) {
            throw FrameException.malformed("PART payload bytes after its kind", 0, "at least 1");
        }
        return new Part(kind, Arrays.copyOfRange(payload, 1, payload.length));
    }
}
