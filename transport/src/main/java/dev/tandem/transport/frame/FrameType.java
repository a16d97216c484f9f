package dev.tandem.transport.frame;

/**
 * The frames of docs/wire.md, section 2: code, who may send it, whether it belongs to an exchange, payload cap in
 * bytes.
 */
public enum FrameType {
    HELLO(1, true, false, Scope.CONNECTION, 4_096), HELLO_ACK(2, false, true, Scope.CONNECTION, 4_096), ASK(3, true,
            false,
            Scope.EXCHANGE, 66_062), SLICE(4, true, false, Scope.EXCHANGE, FrameHeader.MAX_PAYLOAD_BYTES), PART(5,
                    false, true, Scope.EXCHANGE,
                    1_048_576), DONE(6, false, true, Scope.EXCHANGE, 12_288), ERROR(7, true,
                            true, Scope.EITHER, 4_100), CANCEL(8, true, false, Scope.EXCHANGE, 0), PING(9, true, true,
                                    Scope.CONNECTION, 8), PONG(10, true, true, Scope.CONNECTION,
                                            8), BYE(11, true, true, Scope.CONNECTION, 4_100), CREDIT(12, false, true,
                                                    Scope.CONNECTION,
                                                    4), RECEIVED(13, false, true, Scope.EXCHANGE,
                                                            8_194), LINK_REPORT(14, false, true, Scope.CONNECTION, 16);

    private enum Scope {
        CONNECTION, EXCHANGE, EITHER
    }

    private static final FrameType[] BY_CODE = byCode();

    private final int code;
    private final boolean fromDevice;
    private final boolean fromEdge;
    private final Scope scope;
    private final int maxPayloadBytes;

    FrameType(int code, boolean fromDevice, boolean fromEdge, Scope scope, int maxPayloadBytes) {
        this.code = code;
        this.fromDevice = fromDevice;
        this.fromEdge = fromEdge;
        this.scope = scope;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Whether that end may send this type. */
    public boolean mayComeFrom(End sender) {
        return sender == End.DEVICE ? fromDevice : fromEdge;
    }

    /** Whether the exchange field may hold this id (0 is the connection itself). */
    public boolean accepts(long exchange) {
        return switch (scope) {
            case CONNECTION -> exchange == 0;
            case EXCHANGE -> exchange != 0;
            case EITHER -> true;
        };
    }

    /** Whether the sequence field carries something; elsewhere it must be 0. */
    public boolean hasSequence() {
        return this == SLICE || this == PART;
    }

    /** Whether every frame of the type has exactly {@link #maxPayloadBytes()} of payload. */
    public boolean fixedLength() {
        return this == PING || this == PONG || this == CREDIT || this == LINK_REPORT;
    }

    /** Largest payload of the type in bytes, whatever the limits of an edge. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** The type of a number, or null when this version does not know it. */
    public static FrameType of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static FrameType[] byCode() {
        FrameType[] table = new FrameType[LINK_REPORT.code + 1];
        for (FrameType each : values()) {
            table[each.code] = each;
        }
        return table;
    }
}
