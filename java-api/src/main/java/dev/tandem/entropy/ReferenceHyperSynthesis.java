package dev.tandem.entropy;

import java.nio.ByteBuffer;

/** Stub. */
public final class ReferenceHyperSynthesis implements HyperSynthesis {
    private ReferenceHyperSynthesis() {
    }

    /** Reads a hyper file. */
    public static ReferenceHyperSynthesis read(ByteBuffer file) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public int tokenWidth() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public int hyperWidth() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public int experts() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public int meanFractionBits() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public int scaleIndex(int logit, int scaleShift) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void run(int expert, int[] z, int zOffset, int[] mean, int[] scale, int outOffset) {
        throw new UnsupportedOperationException("not yet");
    }
}
