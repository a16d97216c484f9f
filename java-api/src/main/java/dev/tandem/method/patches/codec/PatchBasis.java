package dev.tandem.method.patches.codec;

/**
 * A class's change of basis, both ways, in float64 (docs/bitstream.md, section 12.4). Loops run over what lies side by
 * side, so that they are vectors without a sum that would have an order. Immutable; any thread.
 */
final class PatchBasis {
    private final int values;
    private final int coefficients;
    private final float[] mean;
    private final float[] basis;
    /** [values][coefficients], the basis the other way round. */
    private final float[] across;

    PatchBasis(TransformModel model, int kind) {
        values = model.values();
        coefficients = model.coefficients();
        mean = model.means()[kind];
        basis = model.bases()[kind];
        across = new float[basis.length];
        for (int k = 0; k < coefficients; k++) {
            for (int d = 0; d < values; d++) {
                across[d * coefficients + k] = basis[k * values + d];
            }
        }
    }

    /** The coefficients of a patch, float64 [coefficients]. */
    double[] forward(byte[] patch) {
        double[] out = new double[coefficients];
        for (int d = 0; d < values; d++) {
            double off = (patch[d] & 0xff) - (double) mean[d];
            int row = d * coefficients;
            for (int k = 0; k < coefficients; k++) {
                out[k] += off * across[row + k];
            }
        }
        return out;
    }

    /** Squared distance of a patch from the mean. */
    double energy(byte[] patch) {
        double sum = 0;
        for (int d = 0; d < values; d++) {
            double off = (patch[d] & 0xff) - (double) mean[d];
            sum += off * off;
        }
        return sum;
    }

    /** The patch of symbols [from, from + coefficients) at a step. */
    byte[] inverse(int[] symbols, int from, double step) {
        double[] sum = new double[values];
        for (int d = 0; d < values; d++) {
            sum[d] = mean[d];
        }
        for (int k = 0; k < coefficients; k++) {
            if (symbols[from + k] != 0) {
                double weight = symbols[from + k] * step;
                int row = k * values;
                for (int d = 0; d < values; d++) {
                    sum[d] += weight * basis[row + d];
                }
            }
        }
        byte[] patch = new byte[values];
        for (int d = 0; d < values; d++) {
            patch[d] = (byte) Math.clamp((long) Math.rint(sum[d]), 0, 255);
        }
        return patch;
    }
}
