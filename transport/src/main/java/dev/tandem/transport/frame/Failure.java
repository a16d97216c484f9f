package dev.tandem.transport.frame;

/**
 * ERROR: why an exchange or the connection ends.
 *
 * @param code number of {@link ErrorCode}, or one that this version does not know
 * @param message in words; cut to what an ERROR holds when written
 */
public record Failure(int code, String message) {
    private static final int MAX_MESSAGE_BYTES = FrameType.ERROR.maxPayloadBytes() - 4;

    /** A failure with a code that may travel. */
    public static Failure of(ErrorCode code, String message) {
        if (!code.travels()) {
            throw new IllegalArgumentException("error code [" + code + "] is for this end only and never sent");
        }
        return new Failure(code.code(), message);
    }

    public Frame toFrame(long exchange) {
        byte[] payload = new PayloadWriter().u16(code).str16(Text.cut(message, MAX_MESSAGE_BYTES)).done();
        return Frame.of(FrameType.ERROR, exchange, payload);
    }

    /** FrameException when the payload is not an ERROR. */
    public static Failure read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.ERROR);
        Failure failure = new Failure(in.u16(), in.str16());
        in.end();
        return failure;
    }

    /** The code, or null when this version does not know it. */
    public ErrorCode known() {
        return ErrorCode.of(code);
    }
}
