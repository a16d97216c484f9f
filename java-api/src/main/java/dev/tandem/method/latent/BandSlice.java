package dev.tandem.method.latent;

import dev.tandem.entropy.CorruptBitstreamException;

/** A slice with a right check sum and header, and what its stream held once it is decoded. One thread at a time. */
public final class BandSlice {
    final byte[] slice;
    final int from;
    final int length;
    final BandGrid grid;
    private final int band;
    int[] symbols;
    CorruptBitstreamException failure;

    BandSlice(byte[] slice, int from, int length, BandGrid grid, int band) {
        this.slice = slice;
        this.from = from;
        this.length = length;
        this.grid = grid;
        this.band = band;
    }

    /** Which one of the map's bands. */
    public int band() {
        return band;
    }

    /**
     * Its symbols in the order of the stream: channel, row, column; not copied.
     *
     * @throws CorruptBitstreamException if the stream was damaged
     */
    public int[] symbols() {
        if (failure != null) {
            throw failure;
        }
        return symbols;
    }
}
