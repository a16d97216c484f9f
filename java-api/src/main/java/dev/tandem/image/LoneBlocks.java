package dev.tandem.image;

import java.awt.image.Raster;

/**
 * Blocks of a JPEG with chroma of half the size, each as if it stood alone. A decoder brings chroma to full size by a
 * triangle filter that reaches over a block's left and right border; there the two columns inside, which it does not
 * reach, tell the sample that the outermost column would have: a line through them.
 */
final class LoneBlocks {
    /** Pixels of a block's side. */
    static final int SIDE = 16;
    private static final int MIDDLE = 128;

    private LoneBlocks() {
    }

    /** RGB of samples Y, Cb, Cr, as JFIF converts them. */
    static RgbImage rgb(Raster samples) {
        int width = samples.getWidth();
        RgbImage image = RgbImage.black(width, samples.getHeight());
        int[] row = new int[3 * width];
        for (int y = 0; y < samples.getHeight(); y++) {
            samples.getPixels(samples.getMinX(), samples.getMinY() + y, width, 1, row);
            for (int left = 0; left < width; left += SIDE) {
                border(row, left, 1, width);
                border(row, left + SIDE - 1, -1, width);
            }
            for (int x = 0; x < width; x++) {
                convert(row, 3 * x, image.rgb(), 3 * (y * width + x));
            }
        }
        return image;
    }

    /** The chroma of column {@code x}, by the two columns that lie inward. */
    private static void border(int[] row, int x, int inward, int width) {
        if (x < width && x + 2 * inward < width) {
            for (int c = 1; c < 3; c++) {
                int near = row[3 * (x + inward) + c];
                int far = row[3 * (x + 2 * inward) + c];
                row[3 * x + c] = Math.clamp((3 * near - far + 1) >> 1, 0, 255);
            }
        }
    }

    private static void convert(int[] row, int from, byte[] rgb, int to) {
        double blue = row[from + 1] - MIDDLE;
        double red = row[from + 2] - MIDDLE;
        rgb[to] = level(row[from] + 1.402 * red);
        rgb[to + 1] = level(row[from] - 0.344136 * blue - 0.714136 * red);
        rgb[to + 2] = level(row[from] + 1.772 * blue);
    }

    private static byte level(double value) {
        return (byte) Math.clamp(Math.rint(value), 0, 255);
    }
}
