package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.Escape;
import dev.tandem.entropy.QuantizedCdf;

/** Ideal code lengths by the integer tables. The same bits on every machine, since slices are cut by them. */
public final class IdealBits {
    /** Bits of a symbol by its frequency. */
    private static final double[] BY_FREQUENCY = new double[QuantizedCdf.TOTAL + 1];

    static {
        double bit = StrictMath.log(2);
        for (int f = 1; f <= QuantizedCdf.TOTAL; f++) {
            BY_FREQUENCY[f] = QuantizedCdf.PRECISION - StrictMath.log(f) / bit;
        }
    }

    private IdealBits() {
    }

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
