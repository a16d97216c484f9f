package dev.tandem.method.tofc.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Values to symbols and back (docs/bitstream.md, section 6), many at a time; every implementation gives the same bits.
 * Immutable, any thread. All arrays have the length of {@code mean}; values lie on the heap or off it, as float32.
 */
interface Quantiser {
    /** The fastest one of this machine, chosen once: libtandem's where that is loaded, else the plain Java one. */
    static Quantiser best() {
        return Best.CHOSEN;
    }

    /** Holds the choice. */
    final class Best {
        private static final Quantiser CHOSEN = NativeHyperSynthesis.available()
                ? new NativeQuantiser()
                : new ReferenceQuantiser();

        private Best() {
        }
    }

    /**
     * symbols[i] = (values[i] - mean[i] * 2^-meanFractionBits) / step in float32, rounded half to even and limited to
     * an int16.
     *
     * @return the place of the first NaN or infinity among the values, where the symbols are of no use; -1 if all are
     *        finite
     */
    int quantise(MemorySegment values, short[] mean, int meanFractionBits, float step, int[] symbols);

    /** The same for a picture's tokens: their means are read, their symbols written. */
    default int quantise(MemorySegment values, int meanFractionBits, float step, TokenBuffers tokens) {
        return quantise(values, tokens.means, meanFractionBits, step, tokens.symbols);
    }

    /** values[i] = symbols[i] * step, then + mean[i] * 2^-meanFractionBits. */
    void dequantise(int[] symbols, short[] mean, int meanFractionBits, float step, float[] values);

    /** The first value that is not finite, or -1. */
    static int firstWrong(MemorySegment values) {
        for (int i = 0; i < values.byteSize() / Float.BYTES; i++) {
            if (!Float.isFinite(values.getAtIndex(ValueLayout.JAVA_FLOAT, i))) {
                return i;
            }
        }
        return -1;
    }
}
