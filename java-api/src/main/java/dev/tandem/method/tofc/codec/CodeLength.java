package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.Escape;

/**
 * The model's own ideal code length of some tokens: minus the sum of log2 of the integer tables' probabilities, escapes
 * with their raw bits included; headers and checks are not in it. The same bits on every machine, since slices are cut
 * by them.
 *
 * @param expertBits
 *            bits of the expert ids
 * @param zBits
 *            bits of the hyper-latents
 * @param yBits
 *            bits of the token values
 */
public record CodeLength(double expertBits, double zBits, double yBits) {
    /** Bits of a symbol by its frequency. */
    private static final double[] BY_FREQUENCY = new double[CdfTables.TOTAL + 1];

    static {
        double bit = StrictMath.log(2);
        for (int f = 1; f <= CdfTables.TOTAL; f++) {
            BY_FREQUENCY[f] = CdfTables.PRECISION - StrictMath.log(f) / bit;
        }
    }

    /** Bits of one value by one row; its escape counts with its nibbles. */
    public static double bits(CdfTables tables, int row, int value) {
        long v = (long) value - tables.offset(row);
        int escape = tables.escape(row);
        if (v >= 0 && v < escape) {
            return BY_FREQUENCY[tables.frequency(row, (int) v)];
        }
        int nibbles = Escape.nibbles((int) Math.min(Escape.raw(v, escape), Escape.RAW_LIMIT));
        return BY_FREQUENCY[tables.frequency(row, escape)] + 4 * (1 + nibbles);
    }

    /** All bits together. */
    public double totalBits() {
        return expertBits + zBits + yBits;
    }

    CodeLength plus(CodeLength other) {
        return new CodeLength(expertBits + other.expertBits, zBits + other.zBits, yBits + other.yBits);
    }
}
