package dev.tandem.entropy;

/** How a value outside its row is written after the escape symbol (docs/bitstream.md, section 3). */
public final class Escape {
    /** Raw values at or above this never stop the common reference encoder; no valid stream holds one. */
    public static final long RAW_LIMIT = 1L << 28;

    /** Nibbles of the greatest raw value. */
    static final int MAX_NIBBLES = 7;

    private Escape() {
    }

    /**
     * Raw value of v = value - offset in a row whose escape symbol is {@code escape}; v is below 0 or at least escape.
     */
    public static long raw(long v, int escape) {
        return v < 0 ? -2 * v - 1 : 2 * (v - escape);
    }

    /** What an encoder says to a value whose raw value does not stay below {@link #RAW_LIMIT}. */
    static IllegalArgumentException tooFar(CdfTables tables, int row, int value) {
        long raw = raw((long) value - tables.offset(row), tables.escape(row));
        return new IllegalArgumentException("cannot code value [" + value + "] with table row [" + row
                + "]: its escape [" + raw + "] must stay below 2^28; clamp it first");
    }

    /** The v that {@link #raw} made. */
    static int value(int raw, int escape) {
        int half = raw >>> 1;
        return (raw & 1) == 1 ? -half - 1 : half + escape;
    }

    /** Nibbles that hold a raw value; 0 for 0. */
    public static int nibbles(int raw) {
        return (35 - Integer.numberOfLeadingZeros(raw)) / 4;
    }
}
