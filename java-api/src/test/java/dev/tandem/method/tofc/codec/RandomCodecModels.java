package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.QuantizedCdf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded codec models and latents that they code well, for tests that need a codec but no trained pack. The same bits
 * on every machine.
 *
 * <p>{@code create(7, 16, 384, 24, 18, step)} has the shape of the pack smol-vqa and takes about 1 KB for 16 of its own
 * latents.
 */
public final class RandomCodecModels {
    private static final double[] SCALES = LaplaceTables.logSpaced(CodecModel.SCALES, 0.05, 64);

    private RandomCodecModels() {
    }

    /**
     * A model with a random hyper-synthesis, random z tables and the suggested Laplace tables.
     *
     * @param scaleRow Laplace row (0..63) that values spread around; row r has scale 0.05 * 1280^(r/63) steps
     */
    public static CodecModel create(long seed, int experts, int tokenWidth, int hyperWidth, double scaleRow,
            OperatingStep... steps) {
        byte[] hyper = RandomHyper.file(seed, experts, tokenWidth, hyperWidth, scaleRow);
        return new CodecModel(tables(seed, experts, hyperWidth), ReferenceHyperSynthesis.read(ByteBuffer.wrap(hyper)),
                List.of(steps));
    }

    /** The hyper file of {@link #create}, to be written into a pack. */
    public static byte[] hyperFile(long seed, int experts, int tokenWidth, int hyperWidth, double scaleRow) {
        return RandomHyper.file(seed, experts, tokenWidth, hyperWidth, scaleRow);
    }

    /** The tables of {@link #create}. */
    public static CdfTables tables(long seed, int experts, int hyperWidth) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 1 + experts * hyperWidth + CodecModel.SCALES;
        int[][] cdf = new int[rows][];
        int[] offset = new int[rows];
        float[] ids = new float[experts + 1];
        for (int e = 0; e < experts; e++) {
            ids[e] = (float) random.nextDouble(0.2, 1);
        }
        cdf[0] = QuantizedCdf.of(ids);
        for (int row = 1; row < rows; row++) {
            int y = row - 1 - experts * hyperWidth;
            double scale = y >= 0 ? SCALES[y] : random.nextDouble(0.5, 4);
            cdf[row] = LaplaceTables.row(scale);
            offset[row] = -LaplaceTables.centre(scale);
        }
        return CdfTables.of(cdf, offset);
    }

    /** Tokens drawn from the model's own distribution at one operating point. */
    public static TokenLatents latents(CodecModel model, OperatingStep step, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = model.tokenWidth();
        int[] experts = new int[count];
        Arrays.setAll(experts, t -> random.nextInt(model.experts()));
        int[] z = new int[count * model.hyperWidth()];
        float[] tokens = new float[count * width];
        int[] mean = new int[width];
        int[] logit = new int[width];
        float unit = 1f / (1 << model.hyper().meanFractionBits());
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < model.hyperWidth(); c++) {
                int row = model.zRow(experts[t], c);
                z[t * model.hyperWidth() + c] = model.tables().symbolAt(row, random.nextInt(65536))
                        + model.tables().offset(row);
            }
            model.hyper().run(experts[t], z, t * model.hyperWidth(), mean, logit, 0);
            for (int k = 0; k < width; k++) {
                double scale = SCALES[model.hyper().scaleIndex(logit[k], step.scaleShift())];
                tokens[t * width + k] = (float) (mean[k] * unit + step.step() * scale * laplace(random));
            }
        }
        return new TokenLatents(count, width, tokens, experts, z);
    }

    /** A Laplace variate of scale 1. */
    static double laplace(SplittableRandom random) {
        double magnitude = -StrictMath.log(1 - random.nextDouble());
        return random.nextBoolean() ? magnitude : -magnitude;
    }
}
