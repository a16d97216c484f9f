package dev.tandem.entropy;

/**
 * Where a picture's tokens are cut into slices: neighbouring ranks, nearly equal bits, at least one token each. Only the encoder decides; a decoder takes any cut. Integer and StrictMath
 * only, so every machine cuts alike.
 */
final class SliceCut {
    private final double[] bitsBefore;
    private final int slices;
    private final int[] from;

    private SliceCut(double[] bitsBefore, int slices) {
        this.bitsBefore = bitsBefore;
        this.slices = slices;
        int count = bitsBefore.length - 1;
        from = new int[slices + 1];
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

    /** The fewest slices that the ideal code length and the limits allow. */
    static SliceCut of(QuantisedTokens tokens, SliceLimits limits) {
        double[] bitsBefore = new double[tokens.count() + 1];
        for (int t = 0; t < tokens.count(); t++) {
            bitsBefore[t + 1] = bitsBefore[t] + tokens.codeLength(t).totalBits();
        }
        int room = 8 * (limits.payloadBytes() - SliceHeader.LEAST_BYTES - SliceCodec.CHECK_BYTES);
        double least = Math.max(limits.minSlices(), Math.ceil(bitsBefore[tokens.count()] / room));
        return new SliceCut(bitsBefore, (int) Math.min(least, tokens.count()));
    }

    /** One slice more; only asked for while a slice holds more than one token. */
    SliceCut finer() {
        return new SliceCut(bitsBefore, slices + 1);
    }

    int slices() {
        return slices;
    }

    /** First token of slice s; from(slices()) is the number of tokens. */
    int from(int s) {
        return from[s];
    }
}
