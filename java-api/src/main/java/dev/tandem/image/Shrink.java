package dev.tandem.image;

import javax.imageio.ImageReadParam;

/**
 * How much of a big photograph is read: every n-th pixel of every n-th row, so that it fits in a small heap. What
 * encoders see is far smaller still.
 *
 * @param every 1: all of it
 */
record Shrink(int width, int height, int every) {
    /** Most pixels that are kept: 96 MB as RGB, and once more while a picture is turned. */
    static final int MOST_KEPT = 1 << 25;
    /** Most pixels of a file, kept or not: they take time. */
    static final long MOST_READ = 1L << 28;
    /** Longest side of a file. */
    static final int MOST_SIDE = 1 << 16;

    /**
     * For a picture of this size.
     *
     * @param bytes that a decoded pixel takes
     * @throws PictureException for one that is too large
     */
    static Shrink of(int width, int height, int bytes) throws PictureException {
        if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE || (long) width * height > MOST_READ) {
            throw new PictureException("[" + width + " x " + height + "] pixels; sides of 1 to " + MOST_SIDE
                    + " and at most " + MOST_READ + " pixels are read: scale it down first");
        }
        int every = 1;
        while (!fits(size(width, every), size(height, every), bytes)) {
            every++;
        }
        return new Shrink(width, height, every);
    }

    /** Refuses a picture that must be read whole and is too large for that. */
    static void none(int width, int height) throws PictureException {
        if (of(width, height, 1).every != 1) {
            throw new PictureException("[" + width + " x " + height + "] pixels; at most " + MOST_KEPT
                    + " and sides to " + RgbImage.MAX_SIDE + " are read of this kind: scale it down first");
        }
    }

    private static boolean fits(int width, int height, int bytes) {
        long pixels = (long) width * height;
        return width <= RgbImage.MAX_SIDE && height <= RgbImage.MAX_SIDE && pixels <= MOST_KEPT
                && pixels * bytes <= 4L * MOST_KEPT;
    }

    private static int size(int side, int every) {
        return (side - offset(side, every) + every - 1) / every;
    }

    /** The pixel in the middle of those that one stands for. */
    private static int offset(int side, int every) {
        return Math.min(every / 2, side - 1);
    }

    int keptWidth() {
        return size(width, every);
    }

    int keptHeight() {
        return size(height, every);
    }

    void apply(ImageReadParam param) {
        if (every > 1) {
            param.setSourceSubsampling(every, every, offset(width, every), offset(height, every));
        }
    }
}
