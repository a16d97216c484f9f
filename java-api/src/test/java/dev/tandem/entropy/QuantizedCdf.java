package dev.tandem.entropy;

/**
 * Turns probabilities into the integer rows of {@link CdfTables}, as CompressAI does (docs/bitstream.md, section 8). A
 * running system only reads shipped tables.
 */
public final class QuantizedCdf {
    private static final int TOTAL = CdfTables.TOTAL;

    private QuantizedCdf() {
    }

    /**
     * @param pmf probabilities of the symbols, the last one the tail's; they need not sum to 1
     * @return pmf.length + 1 cumulative frequencies from 0 to 65536, strictly ascending
     * @throws IllegalArgumentException if a probability is negative, NaN or infinite, all are 0, or there are more than
     *        65536
     */
    public static int[] of(float[] pmf) {
        int m = pmf.length;
        if (m == 0 || m > TOTAL) {
            throw new IllegalArgumentException(
                    "a table row of [" + m + "] probabilities cannot give each a frequency; use 1.." + TOTAL);
        }
        long[] counts = new long[m];
        long sum = 0;
        for (int i = 0; i < m; i++) {
            if (!(pmf[i] >= 0) || pmf[i] > TOTAL) {
                throw new IllegalArgumentException(
                        "probability [" + i + "] is [" + pmf[i] + "]; it must be finite and not negative");
            }
            // The product is exact; half away from zero for non-negative values.
            counts[i] = (long) Math.floor((double) pmf[i] * TOTAL + 0.5);
            sum += counts[i];
        }
        if (sum == 0 || sum > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                    "probabilities sum to [" + sum / (double) TOTAL + "]; need a positive sum below 65536");
        }
        int[] cdf = new int[m + 1];
        long total = 0;
        for (int i = 0; i < m; i++) {
            total += TOTAL * counts[i] / sum;
            cdf[i + 1] = (int) total;
        }
        cdf[m] = TOTAL;
        widen(cdf);
        return cdf;
    }

    /** Gives every empty symbol one count of the symbol with the least frequency above 1, the lowest index on ties. */
    private static void widen(int[] cdf) {
        int m = cdf.length - 1;
        for (int i = 0; i < m; i++) {
            if (cdf[i] != cdf[i + 1]) {
                continue;
            }
            int donor = -1;
            int least = Integer.MAX_VALUE;
            for (int j = 0; j < m; j++) {
                int frequency = cdf[j + 1] - cdf[j];
                if (frequency > 1 && frequency < least) {
                    least = frequency;
                    donor = j;
                }
            }
            for (int k = donor + 1; k <= i; k++) {
                cdf[k]--;
            }
            for (int k = i + 1; k <= donor; k++) {
                cdf[k]++;
            }
        }
    }
}
