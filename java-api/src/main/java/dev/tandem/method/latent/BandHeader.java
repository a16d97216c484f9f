package dev.tandem.method.latent;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.entropy.Varint;

/**
 * The few bytes in front of a band's stream (docs/bitstream.md, section 13): version, operating point (0..255), then as
 * varints the map's height and width, the band and the number of bands.
 */
record BandHeader(int point, int height, int width, int band, int bands) {
    static final int VERSION = 1;

    /** Version, operating point, four varints. */
    static final int LEAST_BYTES = 6;

    /** A header, a stream of no operations, the check sum. */
    static final int LEAST_SLICE = LEAST_BYTES + 8 + SliceSeal.BYTES;

    private static final int SIZES = 2;

    /** Of a slice whose check sum is right and which has {@value #LEAST_SLICE} bytes at least. */
    static BandHeader read(byte[] slice) {
        if (slice[0] != VERSION) {
            throw corrupt(0, "slice version " + VERSION, slice[0] & 0xFF);
        }
        int height = Varint.read(slice, SIZES);
        int widthAt = SIZES + Varint.bytes(height);
        int width = Varint.read(slice, widthAt);
        int bandAt = widthAt + Varint.bytes(width);
        int band = Varint.read(slice, bandAt);
        int bands = Varint.read(slice, bandAt + Varint.bytes(band));
        return new BandHeader(slice[1] & 0xFF, height, width, band, bands);
    }

    /** Refuses what is not a band of that map, point and number; gives its grid. */
    BandGrid check(LatentShape shape, int wantedPoint, int announced) {
        if (point != wantedPoint) {
            throw corrupt(1, "the operating point " + wantedPoint, point);
        }
        if (height != shape.height() || width != shape.width()) {
            throw corrupt(SIZES, "a latent map of " + shape.height() + " x " + shape.width(), height + " x " + width);
        }
        int bandAt = SIZES + Varint.bytes(height) + Varint.bytes(width);
        if (bands != announced || !BandGrid.possible(shape, bands)) {
            throw corrupt(bandAt + Varint.bytes(band),
                    "as many bands as slices were announced, " + announced + ", and " + BandGrid.words(shape), bands);
        }
        if (band >= bands) {
            throw corrupt(bandAt, "a band below " + bands, band);
        }
        return new BandGrid(shape, bands);
    }

    int bytes() {
        return SIZES + Varint.bytes(height) + Varint.bytes(width) + Varint.bytes(band) + Varint.bytes(bands);
    }

    void write(byte[] slice) {
        slice[0] = VERSION;
        slice[1] = (byte) point;
        int at = Varint.write(slice, SIZES, height);
        at = Varint.write(slice, at, width);
        at = Varint.write(slice, at, band);
        Varint.write(slice, at, bands);
    }

    private static CorruptBitstreamException corrupt(int at, String expected, Object found) {
        return new CorruptBitstreamException("slice", at, expected, String.valueOf(found));
    }
}
