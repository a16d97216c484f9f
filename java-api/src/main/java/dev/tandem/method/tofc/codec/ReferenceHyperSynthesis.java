package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;

/**
 * The hyper-synthesis in plain Java: the oracle of every faster one. Immutable, safe for several threads; allocates its
 * activations each run.
 */
public final class ReferenceHyperSynthesis implements HyperSynthesis {
    private final byte[] bytes;
    private final HyperLayer[][] layers;
    private final ScaleThresholds thresholds;
    private final int meanFractionBits;

    private ReferenceHyperSynthesis(HyperFile file) {
        bytes = file.bytes;
        layers = file.layers;
        thresholds = new ScaleThresholds(file.thresholds);
        meanFractionBits = file.meanFractionBits;
    }

    /**
     * Reads a hyper file, little-endian whatever the buffer's order; the buffer's position ends at its limit.
     *
     * @throws CorruptBitstreamException if the buffer does not hold exactly one well-formed file, or a sum could
     *        overflow 32 bits
     */
    public static ReferenceHyperSynthesis read(ByteBuffer file) {
        return new ReferenceHyperSynthesis(new HyperFile(file));
    }

    @Override
    public int tokenWidth() {
        HyperLayer[] stages = layers[0];
        return stages[stages.length - 1].outputs() / 2;
    }

    @Override
    public int hyperWidth() {
        return layers[0][0].inputs();
    }

    @Override
    public int experts() {
        return layers.length;
    }

    @Override
    public int meanFractionBits() {
        return meanFractionBits;
    }

    @Override
    public int scaleIndex(int logit, int scaleShift) {
        return thresholds.index(logit, scaleShift);
    }

    /** The file that it was read from; only read. */
    byte[] file() {
        return bytes;
    }

    ScaleThresholds thresholds() {
        return thresholds;
    }

    @Override
    public void run(int expert, int[] z, int zOffset, int[] mean, int[] scale, int outOffset) {
        HyperLayer[] stages = layers[expert];
        int[] values = new int[hyperWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(z[zOffset + i], -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT);
        }
        for (int l = 0; l < stages.length - 1; l++) {
            int[] hidden = new int[stages[l].outputs()];
            for (int o = 0; o < hidden.length; o++) {
                hidden[o] = (int) Math.clamp(stages[l].output(o, values), 0L, (long) HyperFile.MAX_HIDDEN);
            }
            values = hidden;
        }
        HyperLayer last = stages[stages.length - 1];
        int width = tokenWidth();
        for (int o = 0; o < width; o++) {
            mean[outOffset + o] = int16(last.output(o, values));
            scale[outOffset + o] = int16(last.output(width + o, values));
        }
    }

    private static int int16(long v) {
        return Math.clamp(v, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
