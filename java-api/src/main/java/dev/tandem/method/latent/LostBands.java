package dev.tandem.method.latent;

import java.util.BitSet;

/**
 * What stands in place of bands that did not come: on the line between the nearest rows above and below that did, or
 * the nearest alone at a border; where a whole column is missing, the same between columns (docs/methods.md, Bands).
 */
final class LostBands {
    private final LatentShape shape;
    private final BandGrid grid;
    private final BitSet here;

    private LostBands(BandGrid grid, BitSet here) {
        this.shape = grid.shape();
        this.grid = grid;
        this.here = here;
    }

    /**
     * Fills a map in place.
     *
     * @param values [channels, height, width]
     * @param here   bands that came, at least one
     */
    static void fill(float[] values, BandGrid grid, BitSet here) {
        if (here.cardinality() < grid.bands()) {
            new LostBands(grid, here).all(values);
        }
    }

    private void all(float[] values) {
        int height = shape.height();
        int width = shape.width();
        boolean[] known = new boolean[width];
        boolean[] line = new boolean[height];
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                line[y] = here.get(grid.band(y, x));
                known[x] |= line[y];
            }
            if (known[x]) {
                for (int c = 0; c < shape.channels(); c++) {
                    between(values, c * shape.positions() + x, width, line);
                }
            }
        }
        for (int row = 0; row < shape.channels() * height; row++) {
            between(values, row * width, 1, known);
        }
    }

    /** Fills those of a line that are not known; at least one is. */
    private static void between(float[] values, int start, int step, boolean[] known) {
        int before = -1;
        while (before < known.length) {
            int after = before + 1;
            while (after < known.length && !known[after]) {
                after++;
            }
            if (after > before + 1) {
                float last = values[start + step * (after < known.length ? after : before)];
                float first = before < 0 ? last : values[start + step * before];
                for (int i = before + 1; i < after; i++) {
                    values[start + step * i] = first + (last - first) * (i - before) / (after - before);
                }
            }
            before = after;
        }
    }
}
