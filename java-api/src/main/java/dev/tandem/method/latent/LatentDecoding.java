package dev.tandem.method.latent;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.DroppedSlices;
import dev.tandem.method.Decoding;
import dev.tandem.method.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gathers the bands of one picture, in any order. What a slice announces is held against the picture before anything of
 * it is decoded: one of another operating point, tile, size or number of bands, or a band that is here already, is
 * dropped by its header, and so is a damaged one. Only when none is left is that an error.
 */
public final class LatentDecoding implements Decoding {
    private final LatentCodec codec;
    private final int point;
    private final String rung;
    private final int announced;
    private final BitSet taken = new BitSet();
    private float[] values;
    private final DroppedSlices dropped = new DroppedSlices();

    /**
     * @param codec of the point's rung; stays the caller's
     * @param point id of the operating point, which every slice must carry
     * @param announced slices of the picture, the number of its bands
     */
    public LatentDecoding(LatentCodec codec, int point, String rung, int announced) {
        this.codec = codec;
        this.point = point;
        this.rung = rung;
        this.announced = announced;
    }

    @Override
    public void add(List<Slice> slices) {
        List<BandSlice> wanted = new ArrayList<>();
        for (Slice slice : slices) {
            try {
                wanted.add(open(slice));
            } catch (CorruptBitstreamException e) {
                dropped.add(e);
            }
        }
        codec.decode(wanted);
        for (BandSlice band : wanted) {
            try {
                put(band);
            } catch (CorruptBitstreamException e) {
                taken.clear(band.band());
                dropped.add(e);
            }
        }
    }

    /** Takes its band, which nobody else gets while it may be good. */
    private BandSlice open(Slice slice) {
        if (slice.tile() != 0) {
            throw new CorruptBitstreamException("slice", 0, "tile 0", String.valueOf(slice.tile()));
        }
        BandSlice band = codec.open(slice.bytes(), point, announced);
        if (taken.get(band.band())) {
            throw new CorruptBitstreamException("slice", 0, "a band of the picture that no other slice holds",
                    String.valueOf(band.band()));
        }
        taken.set(band.band());
        return band;
    }

    private void put(BandSlice band) {
        int[] symbols = band.symbols();
        if (values == null) {
            values = new float[codec.shape().values()];
        }
        band.grid.scatter(symbols, band.band(), values);
    }

    @Override
    public LatentMap evidence() {
        dropped.tell();
        if (taken.isEmpty()) {
            throw dropped.nothing("at least one slice", "none");
        }
        float[] map = values.clone();
        LostBands.fill(map, new BandGrid(codec.shape(), announced), taken);
        return new LatentMap(map, codec.shape(), rung, (BitSet) taken.clone(), announced);
    }
}
