package dev.tandem.entropy;

/**
 * Ideal code lengths: minus log2 of the integer tables' probabilities, escapes with their raw bits included. The same
 * bits on every machine, since slices are cut by them.
 */
public final class IdealBits {
    /** Bits of a symbol by its frequency. */
    private static final double[] BY_FREQUENCY = new double[CdfTables.TOTAL + 1];

    static {
        double bit = StrictMath.log(2);
        for (int f = 1; f <= CdfTables.TOTAL; f++) {
            BY_FREQUENCY[f] = CdfTables.PRECISION - StrictMath.log(f) / bit;
        }
    }

    private IdealBits() {
    }

    /** Bits of one value by one row; its escape counts with its nibbles. */
    public static double of(CdfTables tables, int row, int value) {
        long v = (long) value - tables.offset(row);
        int escape = tables.escape(row);
        if (v >= 0 && v < escape) {
            return BY_FREQUENCY[tables.frequency(row, (int) v)];
        }
        int nibbles = Escape.nibbles((int) Math.min(Escape.raw(v, escape), Escape.RAW_LIMIT));
        return BY_FREQUENCY[tables.frequency(row, escape)] + 4 * (1 + nibbles);
    }
}
