package dev.tandem.cluster;

/**
 * Mean squared differences between all pairs of tokens: ||x_i - x_j||^2 / width, float32, symmetric, exactly 0 on the
 * diagonal and between equal tokens (which a matrix product would not give). Dividing by the width keeps the density
 * from underflowing for wide tokens.
 */
final class SquaredDistances {
    private final int n;
    private final float[] values;

    SquaredDistances(float[] tokens, int n, int width) {
        this.n = n;
        this.values = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                float d = sum(tokens, i * width, j * width, width) / width;
                values[i * n + j] = d;
                values[j * n + i] = d;
            }
        }
    }

    float between(int i, int j) {
        return values[i * n + j];
    }

    float greatest() {
        float greatest = 0;
        for (float v : values) {
            greatest = Math.max(greatest, v);
        }
        return greatest;
    }

    /**
     * Eight partial sums keep eight additions in flight; their order is fixed, so the result is the same on every
     * machine.
     */
    private static float sum(float[] x, int a, int b, int width) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int whole = width & ~7;
        for (int k = 0; k < whole; k += 8) {
            int p = a + k;
            int q = b + k;
            float d0 = x[p] - x[q], d1 = x[p + 1] - x[q + 1], d2 = x[p + 2] - x[q + 2], d3 = x[p + 3] - x[q + 3];
            float d4 = x[p + 4] - x[q + 4], d5 = x[p + 5] - x[q + 5], d6 = x[p + 6] - x[q + 6],
                    d7 = x[p + 7] - x[q + 7];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
            s4 += d4 * d4;
            s5 += d5 * d5;
            s6 += d6 * d6;
            s7 += d7 * d7;
        }
        for (int k = whole; k < width; k++) {
            float d = x[a + k] - x[b + k];
            s0 += d * d;
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
