package dev.tandem.method.latent;

import java.util.Arrays;

/**
 * How a map is cut into bands (docs/bitstream.md, section 13): every n-th row with all channels, and every n-th column
 * of a row where there are more bands than rows. Immutable.
 *
 * @param bands a number that {@link #possible} takes
 */
record BandGrid(LatentShape shape, int bands) {
    /** More slices than the link takes of a picture. */
    static final int MOST = 1024;

    BandGrid {
        if (!possible(shape, bands)) {
            throw new IllegalArgumentException("cutting a latent map of " + shape + " into [" + bands
                    + "] bands; needed " + words(shape));
        }
    }

    /** Whether a map can be cut into so many. */
    static boolean possible(LatentShape shape, int bands) {
        return bands >= 1 && bands <= MOST
                && (bands <= shape.height() || bands % shape.height() == 0 && bands / shape.height() <= shape.width());
    }

    static String words(LatentShape shape) {
        return "1 to " + Math.min(MOST, shape.height()) + " bands, or a multiple of " + shape.height() + " up to "
                + Math.min(MOST, shape.positions());
    }

    /** The grid with the fewest bands that are at least so many, or the one with the most. */
    static BandGrid atLeast(LatentShape shape, int wanted) {
        int most = MOST <= shape.height() ? MOST : shape.height() * Math.min(shape.width(), MOST / shape.height());
        int bands = Math.clamp(wanted, 1, most);
        return new BandGrid(shape, bands <= shape.height()
                ? bands
                : (bands + shape.height() - 1) / shape.height() * shape.height());
    }

    /** The next finer one; itself where there is none. */
    BandGrid finer() {
        return atLeast(shape, bands + 1);
    }

    private int rowStep() {
        return Math.min(bands, shape.height());
    }

    private int columnStep() {
        return Math.max(1, bands / shape.height());
    }

    /** Whose a position is. */
    int band(int row, int column) {
        return row % rowStep() + rowStep() * (column % columnStep());
    }

    private int firstRow(int band) {
        return band % rowStep();
    }

    private int firstColumn(int band) {
        return band / rowStep();
    }

    /** Values of a band in each channel, at least 1. */
    int positions(int band) {
        int rows = (shape.height() - firstRow(band) - 1) / rowStep() + 1;
        int columns = (shape.width() - firstColumn(band) - 1) / columnStep() + 1;
        return rows * columns;
    }

    /** The band's values in the order of its stream: by channel, row, column. */
    void gather(int[] map, int band, int[] to) {
        int at = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int r = firstRow(band); r < shape.height(); r += rowStep()) {
                int row = (c * shape.height() + r) * shape.width();
                for (int x = firstColumn(band); x < shape.width(); x += columnStep()) {
                    to[at++] = map[row + x];
                }
            }
        }
    }

    /** Puts a band's values into their places. */
    void scatter(int[] from, int band, float[] map) {
        int at = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int r = firstRow(band); r < shape.height(); r += rowStep()) {
                int row = (c * shape.height() + r) * shape.width();
                for (int x = firstColumn(band); x < shape.width(); x += columnStep()) {
                    map[row + x] = from[at++];
                }
            }
        }
    }

    /** The sum of what each position of each band weighs; weights [height * width], to [bands]. */
    void sums(double[] weights, double[] to) {
        Arrays.fill(to, 0, bands, 0);
        for (int r = 0; r < shape.height(); r++) {
            for (int x = 0; x < shape.width(); x++) {
                to[band(r, x)] += weights[r * shape.width() + x];
            }
        }
    }
}
