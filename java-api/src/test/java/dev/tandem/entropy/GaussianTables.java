package dev.tandem.entropy;

/**
 * Builds the conditional Gaussian rows as CompressAI lays them out (docs/bitstream.md, section 8). Packs ship tables,
 * running systems only read them.
 */
public final class GaussianTables {
    /** Minus the normal quantile of half the tail mass, 0.5e-9. */
    private static final double QUANTILE = 6.109410204869;

    private GaussianTables() {
    }

    /** Largest regular value of a row, which reaches from minus to plus that. */
    public static int centre(double scale) {
        return (int) Math.ceil(scale * QUANTILE);
    }

    /** One row for a normal density of the given standard deviation in steps; its offset is minus {@link #centre}. */
    public static int[] row(double scale) {
        if (!(scale > 0) || scale > 5000) {
            throw new IllegalArgumentException("Gaussian scale is [" + scale + "]; a row needs 0 < scale <= 5000");
        }
        int centre = centre(scale);
        float[] pmf = new float[2 * centre + 2];
        for (int j = 0; j <= centre; j++) {
            float p = phi((0.5 - j) / scale) - phi((-0.5 - j) / scale);
            pmf[centre - j] = p;
            pmf[centre + j] = p;
        }
        pmf[2 * centre + 1] = 2 * phi((-0.5 - centre) / scale);
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

    /** Normal distribution function, narrowed to float32 where CompressAI has it in float32. */
    private static float phi(double t) {
        return (float) (0.5 * erfc(-t / Math.sqrt(2)));
    }

    /**
     * Complementary error function: its Taylor series near 0, Lentz's continued fraction in the tail; about 1e-14
     * relative where it is not tiny.
     */
    static double erfc(double x) {
        if (x < 0) {
            return 2 - erfc(-x);
        }
        if (x < 2) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > 1e-17 * sum && n < 100; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 1 - 2 / Math.sqrt(Math.PI) * sum;
        }
        double fraction = x;
        for (int n = 120; n > 0; n--) {
            fraction = x + 0.5 * n / fraction;
        }
        return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
