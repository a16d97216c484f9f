package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;

/** An exchange that the edge will not answer: the code and the reason that the device is told. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RefusedException(ErrorCode code, String reason, Throwable cause) {
        super(reason, cause);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
