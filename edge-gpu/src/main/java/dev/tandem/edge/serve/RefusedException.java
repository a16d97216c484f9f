package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;

/** A task that the edge will not answer: the code and the reason that who asked is told. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean last;

    RefusedException(ErrorCode code, String reason, Throwable cause) {
        super(reason, cause);
        this.code = code;
        this.last = false;
    }

    /** {@code last}: who goes on asking all the same is not listened to any more. */
    RefusedException(ErrorCode code, String reason, boolean last) {
        super(reason);
        this.code = code;
        this.last = last;
    }

    /** As on the wire. */
    public ErrorCode code() {
        return code;
    }

    /** Whether the connection of who asked ends with it. */
    public boolean last() {
        return last;
    }
}
