package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.SliceSeal;
import dev.tandem.method.SliceLimits;

/**
 * Where a picture's tokens are cut into slices: neighbouring ranks, nearly equal bits, at least one token each. Only
 * the encoder decides; a decoder takes any cut. Integer and StrictMath only, so every machine cuts alike. Used again
 * for other pictures of as many tokens; for one call at a time.
 */
final class SliceCut {
    private final double[] bitsBefore;
    private final int[] from;
    private int slices;

    SliceCut(int tokens) {
        bitsBefore = new double[tokens + 1];
        from = new int[tokens + 1];
    }

    /** The fewest slices that the ideal code length and the limits allow. */
    void choose(QuantisedTokens tokens, SliceLimits limits) {
        int count = tokens.count();
        for (int t = 0; t < count; t++) {
            bitsBefore[t + 1] = bitsBefore[t] + tokens.bits(t);
        }
        int room = 8 * (limits.payloadBytes() - SliceHeader.LEAST_BYTES - SliceSeal.BYTES);
        double least = Math.max(limits.minSlices(), Math.ceil(bitsBefore[count] / room));
        cut((int) Math.min(least, count));
    }

    /** One slice more; only asked for while a slice holds more than one token. */
    void finer() {
        cut(slices + 1);
    }

    private void cut(int wanted) {
        slices = wanted;
        int count = bitsBefore.length - 1;
        for (int s = 1; s < slices; s++) {
            double target = bitsBefore[count] * s / slices;
            int t = from[s - 1] + 1;
            while (t < count - (slices - s) && bitsBefore[t + 1] - target < target - bitsBefore[t]) {
                t++;
            }
            from[s] = t;
        }
        from[slices] = count;
    }

    int slices() {
        return slices;
    }

    /** First token of slice s; from(slices()) is the number of tokens. */
    int from(int s) {
        return from[s];
    }
}
