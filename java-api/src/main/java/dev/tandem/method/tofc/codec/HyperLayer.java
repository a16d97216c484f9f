package dev.tandem.method.tofc.codec;

/**
 * One affine stage of an expert of the integer hyper-synthesis (docs/bitstream.md, section 5): int8 weights, int32 sums
 * that cannot overflow, multiply and shift.
 *
 * @param file holds the weights, int8 [outputs, inputs] row major, from weightAt on; only read
 * @param bias [outputs]
 * @param multiplier [outputs], not negative
 * @param shift 1..47
 */
record HyperLayer(int inputs, int outputs, byte[] file, int weightAt, int[] bias, int[] multiplier, int shift) {
    /** Scaled sum of one output: floor((acc * multiplier + 2^(shift-1)) / 2^shift). */
    long output(int o, int[] input) {
        int acc = bias[o];
        int row = weightAt + o * inputs;
        for (int i = 0; i < inputs; i++) {
            acc += file[row + i] * input[i];
        }
        return ((long) acc * multiplier[o] + (1L << shift - 1)) >> shift;
    }

    /** The greatest magnitude the sum of one output can reach with inputs of magnitude up to {@code inputBound}. */
    long accumulatorBound(int o, int inputBound) {
        long magnitudes = 0;
        int row = weightAt + o * inputs;
        for (int i = 0; i < inputs; i++) {
            magnitudes += Math.abs(file[row + i]);
        }
        return Math.abs((long) bias[o]) + magnitudes * inputBound;
    }
}
