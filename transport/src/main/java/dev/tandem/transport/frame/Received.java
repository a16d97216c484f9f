package dev.tandem.transport.frame;

/**
 * RECEIVED: which slices of an exchange are at the edge.
 *
 * @param slices how many the ASK announced
 * @param bitmap bit i mod 8 of byte i div 8 is slice i; unused bits 0; the maker hands the array over
 */
public record Received(int slices, byte[] bitmap) {

    public Frame toFrame(long exchange) {
        return Frame.of(FrameType.RECEIVED, exchange, new PayloadWriter().u16(slices).bytes(bitmap).done());
    }

    /** FrameException when the payload is not a RECEIVED. */
    public static Received read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.RECEIVED);
        int slices = in.u16();
        Received received = new Received(slices, in.bytes((slices + 7) / 8));
        in.end();
        if (slices % 8 != 0 && (received.bitmap[slices / 8] & 0xFF) >> slices % 8 != 0) {
            throw FrameException.malformed("RECEIVED bits beyond slice", slices, "0");
        }
        return received;
    }
}
