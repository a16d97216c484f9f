package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;

/** A task that the edge will not answer: the code and the reason that who asked is told. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RefusedException(ErrorCode code, String reason, Throwable cause) {
        super(reason, cause);
        this.code = code;
    }

    /** As on the wire. */
    public ErrorCode code() {
        return code;
    }
}
