package dev.tandem.method.tofc.codec;

/** Plain Java, one value after the other: the oracle. */
final class ReferenceQuantiser implements Quantiser {
    @Override
    public int quantise(float[] values, short[] mean, int meanFractionBits, float step, int[] symbols) {
        float unit = 1f / (1 << meanFractionBits);
        for (int i = 0; i < mean.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
            double symbol = Math.rint((values[i] - mean[i] * unit) / step);
            symbols[i] = (int) Math.clamp(symbol, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return -1;
    }

    @Override
    public void dequantise(int[] symbols, short[] mean, int meanFractionBits, float step, float[] values) {
        float unit = 1f / (1 << meanFractionBits);
        for (int i = 0; i < mean.length; i++) {
            values[i] = symbols[i] * step + mean[i] * unit;
        }
    }
}
