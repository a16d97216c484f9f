package dev.tandem.entropy;

/**
 * Builds the conditional Laplace rows of the value tables (docs/bitstream.md, section 8). Packs ship tables, running
 * systems only read them.
 */
public final class LaplaceTables {
    /** Mass that a row leaves to its escape, at most. */
    static final double TAIL_MASS = 1e-9;

    private LaplaceTables() {
    }

    /** Log-spaced scales from the first to the last, both included. */
    public static double[] logSpaced(int count, double first, double last) {
        double[] scales = new double[count];
        double ratio = StrictMath.log(last / first) / Math.max(1, count - 1);
        for (int i = 0; i < count; i++) {
            scales[i] = first * StrictMath.exp(ratio * i);
        }
        return scales;
    }

    /** Largest regular value of a row, which reaches from minus to plus that. */
    public static int centre(double scale) {
        return (int) Math.ceil(-scale * StrictMath.log(TAIL_MASS));
    }

    /**
     * One row for a Laplace density of scale b in steps, convolved with a unit bin.
     *
     * @param scale b, positive, at most 1,500
     * @return the row; its offset is minus {@link #centre}
     */
    public static int[] row(double scale) {
        if (!(scale > 0) || scale > 1500) {
            throw new IllegalArgumentException("Laplace scale is [" + scale + "]; a row needs 0 < scale <= 1500");
        }
        int centre = centre(scale);
        float[] pmf = new float[2 * centre + 2];
        double beside = StrictMath.sinh(0.5 / scale);
        for (int j = 1; j <= centre; j++) {
            // sinh grows as fast as the exponential falls; for narrow densities both leave the range of a double.
            double p = 0.5 / scale < 300 ? beside * StrictMath.exp(-j / scale) : 0;
            pmf[centre - j] = (float) p;
            pmf[centre + j] = (float) p;
        }
        pmf[centre] = (float) -StrictMath.expm1(-0.5 / scale);
        pmf[2 * centre + 1] = (float) StrictMath.exp(-(centre + 0.5) / scale);
        return QuantizedCdf.of(pmf);
    }

    /** One row a scale. */
    public static CdfTables of(double[] scales) {
        int[][] rows = new int[scales.length][];
        int[] offsets = new int[scales.length];
        for (int i = 0; i < scales.length; i++) {
            rows[i] = row(scales[i]);
            offsets[i] = -centre(scales[i]);
        }
        return CdfTables.of(rows, offsets);
    }
}
