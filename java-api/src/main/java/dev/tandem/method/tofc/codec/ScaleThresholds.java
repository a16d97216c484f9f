package dev.tandem.method.tofc.codec;

/**
 * The logits at which the next table row begins (docs/bitstream.md, section 5).
 *
 * @param values [63], ascending
 */
record ScaleThresholds(int[] values) {
    /** How many thresholds are at most {@code logit + scaleShift}: 0..63. */
    int index(int logit, int scaleShift) {
        int t = logit + scaleShift;
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= t) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
