package dev.tandem.entropy;

/**
 * The integer network that turns the hyper-latent of a token into the mean and the scale of each of its values (docs/bitstream.md, section 5). Every implementation gives the same bits.
 * Immutable and safe for several threads.
 */
public interface HyperSynthesis {
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
}
