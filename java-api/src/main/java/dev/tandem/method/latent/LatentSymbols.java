package dev.tandem.method.latent;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Values of a map, medians taken off, to symbols (docs/bitstream.md, section 13). */
public final class LatentSymbols {
    static final int LEAST = Short.MIN_VALUE;
    static final int MOST = Short.MAX_VALUE;

    private LatentSymbols() {
    }

    /**
     * Each value rounded half to even and limited to 16 bits.
     *
     * @param latent float32, on the heap or off it; only read
     * @throws IllegalArgumentException for NaN or an infinity, naming its place
     */
    public static int[] of(MemorySegment latent) {
        int[] symbols = new int[Math.toIntExact(latent.byteSize() / Float.BYTES)];
        for (int i = 0; i < symbols.length; i++) {
            float value = latent.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("latent value [" + i + "] is [" + value
                        + "]; only finite values can be coded: the encoder's graph is damaged or met a bad picture");
            }
            symbols[i] = (int) Math.clamp(Math.rint(value), LEAST, MOST);
        }
        return symbols;
    }
}
