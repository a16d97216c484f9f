package dev.tandem.method.tofc.codec;

/**
 * The model's own ideal code length of some tokens: minus the sum of log2 of the integer tables' probabilities, escapes
 * with their raw bits included; headers and checks are not in it. The same bits on every machine, since slices are cut
 * by them.
 *
 * @param expertBits
 *            bits of the expert ids
 * @param zBits
 *            bits of the hyper-latents
 * @param yBits
 *            bits of the token values
 */
public record CodeLength(double expertBits, double zBits, double yBits) {
    /** All bits together. */
    public double totalBits() {
        return expertBits + zBits + yBits;
    }

    CodeLength plus(CodeLength other) {
        return new CodeLength(expertBits + other.expertBits, zBits + other.zBits, yBits + other.yBits);
    }
}
