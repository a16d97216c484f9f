package dev.tandem.entropy;

import java.util.Arrays;
import java.util.List;

/**
 * CompressAI's fully factorised prior and the rows it gives (docs/bitstream.md, section 8). Packs ship tables, running
 * systems only read them.
 *
 * <p>A channel's distribution function is the sigmoid of a small monotone network of widths 1, 3, 3, 3, 3, 1.
 */
public final class FactorisedPrior {
    private static final int STAGES = 5;
    private static final int[] WIDTHS = {1, 3, 3, 3, 3, 1};

    private FactorisedPrior() {
    }

    /**
     * One channel.
     *
     * @param matrix five matrices [out, in] row major, before softplus
     * @param bias five vectors [out]
     * @param factor four vectors [out], before tanh
     * @param quantiles low, median, high
     */
    public record Channel(double[][] matrix, double[][] bias, double[][] factor, double[] quantiles) {
        /** The untrained network with no bias: the logistic distribution of scale 10. */
        public static Channel initial(double low, double median, double high) {
            double[][] matrix = new double[STAGES][];
            double[][] bias = new double[STAGES][];
            double[][] factor = new double[STAGES - 1][];
            double scale = StrictMath.pow(10, 1.0 / STAGES);
            for (int k = 0; k < STAGES; k++) {
                matrix[k] = new double[WIDTHS[k] * WIDTHS[k + 1]];
                Arrays.fill(matrix[k], StrictMath.log(StrictMath.expm1(1 / (scale * WIDTHS[k + 1]))));
                bias[k] = new double[WIDTHS[k + 1]];
                if (k < STAGES - 1) {
                    factor[k] = new double[WIDTHS[k + 1]];
                }
            }
            return new Channel(matrix, bias, factor, new double[]{low, median, high});
        }

        double logit(double x) {
            double[] u = {x};
            for (int k = 0; k < STAGES; k++) {
                double[] v = bias[k].clone();
                for (int o = 0; o < v.length; o++) {
                    for (int i = 0; i < u.length; i++) {
                        v[o] += StrictMath.log1p(StrictMath.exp(matrix[k][o * u.length + i])) * u[i];
                    }
                    if (k < STAGES - 1) {
                        v[o] += StrictMath.tanh(factor[k][o]) * StrictMath.tanh(v[o]);
                    }
                }
                u = v;
            }
            return u[0];
        }

        int below() {
            return Math.max(0, (int) Math.ceil(quantiles[1] - quantiles[0]));
        }

        int above() {
            return Math.max(0, (int) Math.ceil(quantiles[2] - quantiles[1]));
        }
    }

    /** One row a channel. The upper edge of the tail is that of the longest row's sample grid, as CompressAI has it. */
    public static CdfTables of(List<Channel> channels) {
        int longest = channels.stream().mapToInt(c -> c.below() + c.above() + 1).max().orElseThrow();
        int[][] rows = new int[channels.size()][];
        int[] offsets = new int[rows.length];
        for (int c = 0; c < rows.length; c++) {
            Channel channel = channels.get(c);
            double first = channel.quantiles[1] - channel.below();
            float[] pmf = new float[channel.below() + channel.above() + 2];
            for (int j = 0; j < pmf.length - 1; j++) {
                pmf[j] = (float) Math.max(0,
                        between(channel.logit(first + j - 0.5), channel.logit(first + j + 0.5)));
            }
            pmf[pmf.length - 1] = (float) (sigmoid(channel.logit(first - 0.5))
                    + sigmoid(-channel.logit(first + longest - 0.5)));
            rows[c] = QuantizedCdf.of(pmf);
            offsets[c] = -channel.below();
        }
        return CdfTables.of(rows, offsets);
    }

    /** sigmoid(upper) - sigmoid(lower), taken on the side where both are small. */
    private static double between(double lower, double upper) {
        return lower + upper > 0 ? sigmoid(-lower) - sigmoid(-upper) : sigmoid(upper) - sigmoid(lower);
    }

    private static double sigmoid(double u) {
        return 1 / (1 + StrictMath.exp(-u));
    }
}
