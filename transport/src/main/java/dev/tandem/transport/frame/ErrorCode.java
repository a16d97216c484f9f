package dev.tandem.transport.frame;

/**
 * Why an exchange or a connection ended. Numbers are pinned (docs/wire.md, section 5), grouped by tens; from 50 on they
 * are what an end noticed itself and never travel.
 */
public enum ErrorCode {
    MALFORMED_FRAME(10), UNEXPECTED_FRAME(11), UNSUPPORTED_VERSION(12), PACK_MISMATCH(20), SECTION_MISMATCH(
            21), HANDSHAKE_TIMEOUT(22), NO_LONGER_TRUSTED(23), TASK_TOO_LARGE(30), TOO_MANY_SLICES(31), DUPLICATE_SLICE(
                    32), EXCHANGE_TOO_LARGE(33), TOO_MANY_EXCHANGES(34), OVERLOADED(35), UNKNOWN_OPERATING_POINT(
                            36), UNSUPPORTED_TASK(37), ANSWER_FAILED(40), DEADLINE_EXCEEDED(
                                    41), CANCELLED(42), SHUTTING_DOWN(43), IDLE(
                                            44), UNREACHABLE(50), CONNECT_TIMEOUT(51), TLS_FAILED(
                                                    52), CERTIFICATE_EXPIRED(
                                                            53), CERTIFICATE_UNTRUSTED(54), CERTIFICATE_WRONG_HOST(
                                                                    55), CERTIFICATE_REFUSED(
                                                                            56), PEER_CLOSED(57), CLOSED(
                                                                                    58), CERTIFICATE_REVOKED(59);

    private static final int FIRST_LOCAL = 50;

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Whether this code may stand in an ERROR frame. */
    public boolean travels() {
        return code < FIRST_LOCAL;
    }

    /** The code of a number, or null when this version does not know it. */
    public static ErrorCode of(int code) {
        for (ErrorCode each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return null;
    }
}
