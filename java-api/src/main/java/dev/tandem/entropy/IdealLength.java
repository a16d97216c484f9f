package dev.tandem.entropy;

/**
 * What a value costs by its row, in bits; the same on every machine, since what is sent is cut and chosen by it. A
 * decoder never asks.
 */
public final class IdealLength {
    private static final double[] BY_FREQUENCY = new double[CdfTables.TOTAL + 1];

    static {
        double bit = StrictMath.log(2);
        for (int f = 1; f <= CdfTables.TOTAL; f++) {
            BY_FREQUENCY[f] = CdfTables.PRECISION - StrictMath.log(f) / bit;
        }
    }

    private IdealLength() {
    }

    /** Minus log2 of the row's probability of the value; an escape counts with its nibbles. */
    public static double bits(CdfTables tables, int row, int value) {
        long v = (long) value - tables.offset(row);
        int escape = tables.escape(row);
        if (v >= 0 && v < escape) {
            return BY_FREQUENCY[tables.frequency(row, (int) v)];
        }
        int nibbles = Escape.nibbles((int) Math.min(Escape.raw(v, escape), Escape.RAW_LIMIT));
        return BY_FREQUENCY[tables.frequency(row, escape)] + 4 * (1 + nibbles);
    }
}
