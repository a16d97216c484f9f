package dev.tandem.method.patches;

import dev.tandem.image.RgbImage;
import dev.tandem.method.Slice;
import dev.tandem.method.Squares;
import dev.tandem.pack.Preprocessing;

/**
 * A picture as squares in raster order.
 *
 * @param columns squares beside each other
 * @param rows    squares above each other
 * @param side    pixels of a square's side, 4 to 32
 */
record PatchGrid(int columns, int rows, int side) implements Squares {
    /** Bits of a map. */
    static final int MOST_PATCHES = 256;
    static final int LEAST_SIDE = 4;
    static final int MOST_SIDE = 32;

    /** The grid of so many patches over the prepared picture; null where they are not whole squares of such a side. */
    static PatchGrid of(Preprocessing input, long patches) {
        for (int side = LEAST_SIDE; side <= MOST_SIDE; side++) {
            int columns = input.width() / side;
            int rows = input.height() / side;
            if (columns * side == input.width() && rows * side == input.height()
                    && (long) columns * rows == patches && patches <= MOST_PATCHES) {
                return new PatchGrid(columns, rows, side);
            }
        }
        return null;
    }

    @Override
    public int count() {
        return columns * rows;
    }

    /** The first slice is the map, which holds no patch. */
    @Override
    public int[] in(Slice slice) {
        return slice.index() == 0 ? new int[0] : PatchSlice.read(slice.bytes()).positions();
    }

    /** Bytes of a patch: rows of interleaved RGB. */
    int bytes() {
        return 3 * side * side;
    }

    /** One patch of a prepared picture, copied. */
    byte[] cut(RgbImage picture, int patch) {
        return picture.crop(patch % columns * side, patch / columns * side, side, side).rgb();
    }
}
