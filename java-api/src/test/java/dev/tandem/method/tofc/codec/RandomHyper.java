package dev.tandem.method.tofc.codec;

import java.util.SplittableRandom;

/** Seeded integer networks whose activations use their whole range; the same on every machine. */
final class RandomHyper {
    private static final int SHIFT = 30;

    private RandomHyper() {
    }

    /**
     * A hyper file of three layers (hyperWidth, 4 and 16 times that, twice tokenWidth).
     *
     * @param scaleRow row of the Laplace tables that the scale logits spread around
     */
    static byte[] file(long seed, int experts, int tokenWidth, int hyperWidth, double scaleRow) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] widths = {hyperWidth, 4 * hyperWidth, 16 * hyperWidth, 2 * tokenWidth};
        double[] typicalInput = {3, 60, 60};
        double[] typicalOutput = {90, 90, 120};
        HyperFileWriter writer = new HyperFileWriter(experts, 8, widths, new int[]{SHIFT, SHIFT, SHIFT});
        for (int e = 0; e < experts; e++) {
            for (int l = 0; l < 3; l++) {
                int inputs = widths[l];
                int outputs = widths[l + 1];
                byte[] weight = new byte[inputs * outputs];
                for (int i = 0; i < weight.length; i++) {
                    weight[i] = (byte) random.nextInt(-127, 128);
                }
                double ratio = typicalOutput[l] / (73 * typicalInput[l] * StrictMath.sqrt(inputs));
                int[] bias = new int[outputs];
                int[] multiplier = new int[outputs];
                for (int o = 0; o < outputs; o++) {
                    double mine = ratio * random.nextDouble(0.5, 1.5);
                    boolean logit = l == 2 && o >= tokenWidth;
                    double centre = logit ? 16 * scaleRow : random.nextDouble(-0.5, 0.5) * typicalOutput[l];
                    multiplier[o] = (int) Math.rint(mine * (1L << SHIFT));
                    bias[o] = (int) Math.rint(centre / mine);
                }
                writer.layer(weight, bias, multiplier);
            }
        }
        return writer.toBytes();
    }
}
