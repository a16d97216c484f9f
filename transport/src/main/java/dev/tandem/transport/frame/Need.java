package dev.tandem.transport.frame;

/** Which of an exchange's slices must be here before its answer can begin, whatever the decode wait. */
public enum Need {
    /** Any one of them. */
    ANY(0),
    /** The first, index 0: the others say nothing without it. */
    FIRST(1),
    /** All of them: half of it is of no use. */
    ALL(2);

    private final int code;

    Need(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The need of a number, or null when there is none. */
    public static Need of(int code) {
        for (Need each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return null;
    }
}
