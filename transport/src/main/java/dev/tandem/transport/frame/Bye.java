package dev.tandem.transport.frame;

/** BYE: no new exchange from this end. */
public record Bye(String reason) {

    public Frame toFrame() {
        String cut = Text.cut(reason, FrameType.BYE.maxPayloadBytes() - 2);
        return Frame.of(FrameType.BYE, 0, new PayloadWriter().str16(cut).done());
    }

    /** FrameException when the payload is not a BYE. */
    public static Bye read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.BYE);
        Bye bye = new Bye(in.str16());
        in.end();
        return bye;
    }
}
