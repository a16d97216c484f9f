package dev.tandem.entropy;

import java.util.SplittableRandom;

/** Seeded tables and values to test coders with; the same on every machine. */
public final class RandomTables {
    private RandomTables() {
    }

    /** 1 to 8 rows of 2 to 300 symbols, from flat to very peaked, with offsets around 0. */
    public static CdfTables create(SplittableRandom random) {
        int rows = 1 + random.nextInt(8);
        int[][] cdf = new int[rows][];
        int[] offsets = new int[rows];
        for (int row = 0; row < rows; row++) {
            int symbols = 2 + random.nextInt(random.nextBoolean() ? 6 : 299);
            int power = random.nextInt(12);
            float[] pmf = new float[symbols];
            for (int i = 0; i < symbols; i++) {
                float p = (float) random.nextDouble();
                pmf[i] = p;
                for (int k = 0; k < power; k++) {
                    pmf[i] *= p;
                }
            }
            pmf[random.nextInt(symbols)] += 0.01f;
            cdf[row] = QuantizedCdf.of(pmf);
            offsets[row] = random.nextInt(-200, 100);
        }
        return CdfTables.of(cdf, offsets);
    }

    /** A value of one row: mostly drawn by its probabilities, some just outside, a few very far out. */
    public static int value(SplittableRandom random, CdfTables tables, int row) {
        int kind = random.nextInt(100);
        if (kind < 90) {
            return tables.symbolAt(row, random.nextInt(65536)) + tables.offset(row);
        }
        int bits = kind < 98 ? 10 : 26;
        return random.nextInt(1 << bits) - (1 << bits - 1);
    }
}
