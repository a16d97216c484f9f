package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.QuantizedCdf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Draws learned patch codecs and writes their files (docs/pack.md section 3.4.1). */
public final class TransformFiles {
    static final int HEADER = 24;

    private TransformFiles() {
    }

    /** Row 0 for so many classes, then 64 Laplace rows. */
    static CdfTables tables(int classes) {
        double[] scales = LaplaceTables.logSpaced(64, 0.05, 64);
        int[][] rows = new int[65][];
        int[] offsets = new int[65];
        float[] share = new float[classes + 1];
        Arrays.fill(share, 0, classes, 1f / classes);
        rows[0] = QuantizedCdf.of(share);
        for (int i = 0; i < 64; i++) {
            rows[i + 1] = LaplaceTables.row(scales[i]);
            offsets[i + 1] = -LaplaceTables.centre(scales[i]);
        }
        return CdfTables.of(rows, offsets);
    }

    /** Rows of length 1 that stand on each other, by Gram and Schmidt. */
    static float[] basis(int rows, int values, Random random) {
        double[][] basis = new double[rows][values];
        for (int k = 0; k < rows; k++) {
            for (int d = 0; d < values; d++) {
                basis[k][d] = random.nextGaussian();
            }
            for (int other = 0; other <= k; other++) {
                double dot = 0;
                for (int d = 0; d < values; d++) {
                    dot += basis[k][d] * basis[other][d];
                }
                for (int d = 0; d < values; d++) {
                    basis[k][d] = other < k ? basis[k][d] - dot * basis[other][d] : basis[k][d] / Math.sqrt(dot);
                }
            }
        }
        float[] flat = new float[rows * values];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) basis[i / values][i % values];
        }
        return flat;
    }

    /** A whole file of drawn numbers. */
    public static byte[] drawn(int side, int classes, int coefficients, long seed) {
        Random random = new Random(seed);
        int values = 3 * side * side;
        byte[] tables = tables(classes).toBytes();
        int scaleBytes = (2 * classes * coefficients + 3) / 4 * 4;
        ByteBuffer out = ByteBuffer.allocate(HEADER + 4 * classes * values * (1 + coefficients) + scaleBytes
                + tables.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("TDPT".getBytes()).putInt(1).putInt(side).putInt(classes).putInt(coefficients).putFloat(8);
        for (int i = 0; i < classes * values; i++) {
            out.putFloat(100 + 50 * random.nextFloat());
        }
        for (int kind = 0; kind < classes; kind++) {
            for (float value : basis(coefficients, values, random)) {
                out.putFloat(value);
            }
        }
        int scales = out.position();
        for (int i = 0; i < classes * coefficients; i++) {
            out.putShort((short) (500 + random.nextInt(400)));
        }
        return out.position(scales + scaleBytes).put(tables).array();
    }
}
