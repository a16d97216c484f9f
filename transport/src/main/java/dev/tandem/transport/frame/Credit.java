package dev.tandem.transport.frame;

/**
 * CREDIT: how many exchanges the device may have opened in this connection, in all.
 *
 * @param exchanges 0 to 2^31-1
 */
public record Credit(int exchanges) {

    public Frame toFrame() {
        return Frame.of(FrameType.CREDIT, 0, new PayloadWriter().u32(exchanges).done());
    }

    /** FrameException when the payload is not a CREDIT. */
    public static Credit read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.CREDIT);
        Credit credit = new Credit(in.count());
        in.end();
        return credit;
    }
}
