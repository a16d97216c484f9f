package dev.tandem.image;

/** A border that nobody takes for a part of the picture. Any thread. */
public final class Hatch {
    private static final int SHARE = 32;
    private static final byte[][] COLOURS = {{0, 0, 0}, {(byte) 255, (byte) 204, 0}};

    private Hatch() {
    }

    /** Width of the border of a picture of that size: a 32nd of the shorter side, at least 1 pixel. */
    public static int width(RgbImage picture) {
        return Math.max(1, Math.min(picture.width(), picture.height()) / SHARE);
    }

    /** A copy whose outermost pixels are hatched in black and yellow. */
    public static RgbImage border(RgbImage picture) {
        RgbImage hatched = new RgbImage(picture.width(), picture.height(), picture.rgb().clone());
        int width = width(picture);
        for (int y = 0; y < picture.height(); y++) {
            boolean edge = y < width || y >= picture.height() - width;
            for (int x = 0; x < picture.width(); x++) {
                if (edge || x < width || x >= picture.width() - width) {
                    System.arraycopy(COLOURS[(x + y) / (2 * width) % 2], 0, hatched.rgb(),
                            (y * picture.width() + x) * 3, 3);
                }
            }
        }
        return hatched;
    }
}
