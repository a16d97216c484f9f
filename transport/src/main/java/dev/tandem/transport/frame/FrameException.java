package dev.tandem.transport.frame;

/**
 * A frame that breaks docs/wire.md. The connection that brought it cannot be trusted any more; its owner answers ERROR
 * with {@link #code()} and closes. Says what was read, what was found [in brackets] and what was needed. Carries no
 * stack trace.
 */
public final class FrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public FrameException(ErrorCode code, String message) {
        super(message, null, false, false); // bytes of a stranger must not buy stack walks
        this.code = code;
    }

    /** What to answer: MALFORMED_FRAME, UNEXPECTED_FRAME or UNSUPPORTED_VERSION. */
    public ErrorCode code() {
        return code;
    }

    public static FrameException malformed(String what, Object found, String needed) {
        return new FrameException(ErrorCode.MALFORMED_FRAME, what + ": found [" + found + "], needed " + needed);
    }
}
