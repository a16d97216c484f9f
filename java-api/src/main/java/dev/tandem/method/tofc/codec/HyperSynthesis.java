package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.MemoryAccount;

/**
 * The integer network that turns the hyper-latent of a token into the mean and the scale of each of its values
 * (docs/bitstream.md, section 5). Every implementation gives the same bits. Immutable and safe for several threads. Its
 * owner closes it once nobody uses it any more.
 */
public interface HyperSynthesis extends AutoCloseable {
    /**
     * The fastest implementation of this machine: libtandem's where that is loaded (why not is logged when it is looked
     * for), else the network itself.
     *
     * @param network as the pack has it
     * @param memory counts what is held off the heap until it is closed
     */
    static HyperSynthesis best(ReferenceHyperSynthesis network, MemoryAccount memory) {
        return NativeHyperSynthesis.available()
                ? new NativeHyperSynthesis(network, NativeHyperSynthesis.BEST_TIER, memory)
                : network;
    }

    /** Values of one token. */
    int tokenWidth();

    /** Symbols of one hyper-latent. */
    int hyperWidth();

    /** Expert networks. */
    int experts();

    /** A mean is {@code mean * 2^-meanFractionBits} in token units. */
    int meanFractionBits();

    /** Row of the Laplace tables, 0..63, for a scale logit at an operating point's shift. */
    int scaleIndex(int logit, int scaleShift);

    /**
     * Runs one expert for one token.
     *
     * @param expert 0..experts-1
     * @param z hyper-latent symbols; [zOffset, zOffset + hyperWidth) are read and saturated to [-127, 127]
     * @param mean receives tokenWidth fixed-point means at outOffset, each an int16
     * @param scale receives tokenWidth scale logits at outOffset, each an int16
     */
    void run(int expert, int[] z, int zOffset, int[] mean, int[] scale, int outOffset);

    /**
     * Runs many tokens, each with its own expert.
     *
     * @param experts [tokens]
     * @param z [tokens, hyperWidth], saturated to [-127, 127]
     * @param mean receives [tokens, tokenWidth] means
     * @param logit receives [tokens, tokenWidth] scale logits
     * @throws IllegalArgumentException if shapes or experts do not fit
     */
    default void run(int[] experts, int[] z, short[] mean, short[] logit) {
        HyperShapes.check(this, experts, z, mean.length, logit.length);
        int width = tokenWidth();
        int[] means = new int[width];
        int[] logits = new int[width];
        for (int t = 0; t < experts.length; t++) {
            run(experts[t], z, t * hyperWidth(), means, logits, 0);
            for (int k = 0; k < width; k++) {
                mean[t * width + k] = (short) means[k];
                logit[t * width + k] = (short) logits[k];
            }
        }
    }

    /**
     * Runs many tokens and chooses the table row of each value.
     *
     * @param scaleShift of the operating point, an int16
     * @param firstRow row of scale index 0; firstRow + 63 is at most 65535
     * @param mean receives [tokens, tokenWidth] means
     * @param rows receives [tokens, tokenWidth]: firstRow + {@link #scaleIndex}
     * @throws IllegalArgumentException if shapes or experts do not fit
     */
    default void scales(int[] experts, int[] z, int scaleShift, int firstRow, short[] mean, char[] rows) {
        short[] logit = new short[rows.length];
        run(experts, z, mean, logit);
        for (int i = 0; i < experts.length * tokenWidth(); i++) {
            rows[i] = (char) (firstRow + scaleIndex(logit[i], scaleShift));
        }
    }

    /** Gives back what it holds off the heap; no run may be under way. Closing twice does nothing. */
    @Override
    default void close() {
        // A network of the heap has nothing to give back.
    }
}
