package dev.tandem.transport.frame;

import java.util.HexFormat;

/**
 * What a receiver takes from the other end, checked on the header alone, before a byte of the payload is kept.
 * Immutable.
 *
 * @param sender the end that the frames come from
 * @param open whether HELLO is done: before it only the opening frames are taken, afterwards none of them
 * @param sliceBytes largest SLICE payload
 */
public record FrameRules(End sender, boolean open, int sliceBytes) {

    /** Rules until HELLO is done: a stranger gets at most {@link FrameType#ERROR}'s cap of memory. */
    public static FrameRules opening(End sender) {
        return new FrameRules(sender, false, 0);
    }

    /** Rules after HELLO. */
    public static FrameRules open(End sender, LinkLimits limits) {
        return new FrameRules(sender, true, limits.sliceBytes());
    }

    /** The type of a header that obeys docs/wire.md; FrameException for any other. */
    public FrameType check(FrameHeader header) {
        if (header.mark() != FrameHeader.MARK) {
            throw FrameException.malformed("frame mark", hex(header.mark()),
                    hex(FrameHeader.MARK) + "; is the other end Tandem, with the same header layout?");
        }
        FrameType type = FrameType.of(header.typeCode());
        if (type == null) {
            throw FrameException.malformed("frame type", header.typeCode(), "1 to " + FrameType.LINK_REPORT.code());
        }
        if (type != FrameType.SLICE && header.tile() != 0) {
            throw FrameException.malformed(type + " frame tile", header.tile(), "0");
        }
        if (!type.mayComeFrom(sender)) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + type + "] from the " + sender
                    + ": only the other end sends it");
        }
        checkState(type);
        checkPlace(type, header);
        checkLength(type, header.length());
        return type;
    }

    private void checkState(FrameType type) {
        boolean opening = type == FrameType.HELLO || type == FrameType.HELLO_ACK;
        if (open ? opening : !opening && !(type == FrameType.ERROR && sender == End.EDGE)) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME,
                    "frame [" + type + "] " + (open ? "after" : "before") + " the hello was done");
        }
    }

    private static void checkPlace(FrameType type, FrameHeader header) {
        if (!type.accepts(header.exchange())) {
            throw FrameException.malformed(type + " frame exchange", header.exchange(),
                    header.exchange() == 0 ? "an exchange id" : "0");
        }
        if (!type.hasSequence() && header.sequence() != 0) {
            throw FrameException.malformed(type + " frame sequence", header.sequence(), "0");
        }
    }

    private void checkLength(FrameType type, int length) {
        int cap = type == FrameType.SLICE ? Math.min(sliceBytes, type.maxPayloadBytes()) : type.maxPayloadBytes();
        if (length > cap) {
            throw FrameException.malformed(type + " frame length", length, "at most " + cap + " bytes");
        }
        if (type.fixedLength() && length != type.maxPayloadBytes()) {
            throw FrameException.malformed(type + " frame length", length, "exactly " + type.maxPayloadBytes());
        }
    }

    private static String hex(int value) {
        return "0x" + HexFormat.of().withUpperCase().toHexDigits((byte) value);
    }
}
