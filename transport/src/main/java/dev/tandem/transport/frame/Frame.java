package dev.tandem.transport.frame;

import java.nio.ByteBuffer;

/**
 * One frame, whole. Owns its payload: the maker hands the array over and nobody changes it afterwards.
 *
 * @param exchange 0: the connection; up to {@link FrameHeader#MAX_EXCHANGE}
 * @param sequence place among its kind; 0 where the type has none
 * @param tile crop of the picture that a SLICE belongs to; 0 in every other type
 */
public record Frame(FrameType type, long exchange, int sequence, int tile, byte[] payload) {
    /** A frame of the whole picture, or of none. */
    public Frame(FrameType type, long exchange, int sequence, byte[] payload) {
        this(type, exchange, sequence, 0, payload);
    }

    /** A frame of a type without sequence. */
    public static Frame of(FrameType type, long exchange, byte[] payload) {
        return new Frame(type, exchange, 0, payload);
    }

    /** A SLICE. */
    public static Frame slice(long exchange, Slice slice) {
        return new Frame(FrameType.SLICE, exchange, slice.index(), slice.tile(), slice.bytes());
    }

    /** What a SLICE brings; IllegalArgumentException for any other type. */
    public Slice slice() {
        if (type != FrameType.SLICE) {
            throw new IllegalArgumentException("slice of a [" + type + "] frame");
        }
        return new Slice(sequence, tile, payload);
    }

    /** A CANCEL. */
    public static Frame cancel(long exchange) {
        return of(FrameType.CANCEL, exchange, new byte[0]);
    }

    /** Size on the wire in bytes, header included. */
    public int bytes() {
        return FrameHeader.BYTES + payload.length;
    }

    /** Writes the header into the first {@link FrameHeader#BYTES} bytes of {@code header}; the payload follows it. */
    public void putHeader(FrameHeader header) {
        header.put(type, exchange, sequence, tile, payload.length);
    }

    /** Header and payload in an array of their own. */
    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(bytes());
        putHeader(new FrameHeader().wrap(buffer, 0));
        buffer.put(FrameHeader.BYTES, payload);
        return buffer.array();
    }

    /**
     * Reads the one frame that a datagram is, from its position to its limit. FrameException when it is anything else.
     */
    public static Frame parse(ByteBuffer datagram, FrameRules rules) {
        if (datagram.remaining() < FrameHeader.BYTES) {
            throw FrameException.malformed("datagram of bytes", datagram.remaining(),
                    "at least a header of " + FrameHeader.BYTES);
        }
        FrameHeader header = new FrameHeader().wrap(datagram, datagram.position());
        FrameType type = rules.check(header);
        if (datagram.remaining() != FrameHeader.BYTES + header.length()) {
            throw FrameException.malformed("datagram of bytes", datagram.remaining(),
                    "header and payload of " + (FrameHeader.BYTES + header.length()));
        }
        byte[] payload = new byte[header.length()];
        datagram.get(datagram.position() + FrameHeader.BYTES, payload);
        return new Frame(type, header.exchange(), header.sequence(), header.tile(), payload);
    }
}
