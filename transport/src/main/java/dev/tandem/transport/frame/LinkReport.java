package dev.tandem.transport.frame;

/**
 * LINK_REPORT: what became of this connection's slices at the edge, counted since it began, modulo 2^32.
 *
 * @param received kept for an exchange
 * @param late came after answering had begun, or after the exchange had ended
 * @param repeated came again
 * @param dropped overtook their ASK and were not kept, or were malformed
 */
public record LinkReport(int received, int late, int repeated, int dropped) {

    /** Nothing has come yet. */
    public static final LinkReport NONE = new LinkReport(0, 0, 0, 0);

    public Frame toFrame() {
        return Frame.of(FrameType.LINK_REPORT, 0,
                new PayloadWriter().u32(received).u32(late).u32(repeated).u32(dropped).done());
    }

    /** FrameException when the payload is not a LINK_REPORT. */
    public static LinkReport read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.LINK_REPORT);
        LinkReport report = new LinkReport(in.u32(), in.u32(), in.u32(), in.u32());
        in.end();
        return report;
    }
}
