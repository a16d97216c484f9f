package dev.tandem.method.tofc.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain Java, one value after the other: the oracle. */
final class ReferenceQuantiser implements Quantiser {
    @Override
    public int quantise(MemorySegment values, short[] mean, int meanFractionBits, float step, int[] symbols) {
        float unit = 1f / (1 << meanFractionBits);
        for (int i = 0; i < mean.length; i++) {
            float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (!Float.isFinite(value)) {
                return i;
            }
            double symbol = Math.rint((value - mean[i] * unit) / step);
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
