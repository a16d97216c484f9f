package dev.tandem.image;

/**
 * A picture in memory: 8-bit sRGB, rows from the top, three bytes R, G, B a pixel without padding. The array is not
 * copied; whoever makes a picture gives it away.
 *
 * @param width  1 to {@link #MAX_SIDE} pixels
 * @param height 1 to {@link #MAX_SIDE} pixels
 * @param rgb    width * height * 3 bytes
 */
public record RgbImage(int width, int height, byte[] rgb) {
    /** Longest side that is read, so that a hostile header cannot ask for all memory. */
    public static final int MAX_SIDE = 16384;
    /** Most pixels that are read: 192 MB as RGB. */
    public static final int MAX_PIXELS = 1 << 26;

    /** Checks the size against the array. */
    public RgbImage {
        checkSize(width, height);
        if (rgb.length != width * height * 3) {
            throw new IllegalArgumentException("an RGB picture of " + width + " x " + height + " with [" + rgb.length
                    + "] bytes; " + width * height * 3 + " are needed");
        }
    }

    /** A black picture. */
    public static RgbImage black(int width, int height) {
        checkSize(width, height);
        return new RgbImage(width, height, new byte[width * height * 3]);
    }

    /** A part of it, copied. The rectangle must lie inside. */
    public RgbImage crop(int left, int top, int partWidth, int partHeight) {
        if (left < 0 || top < 0 || left + partWidth > width || top + partHeight > height) {
            throw new IllegalArgumentException("cutting [" + partWidth + " x " + partHeight + "] pixels at [" + left
                    + ", " + top + "] out of a picture of " + width + " x " + height + "; needed a part of it");
        }
        RgbImage part = black(partWidth, partHeight);
        for (int y = 0; y < partHeight; y++) {
            System.arraycopy(rgb, ((top + y) * width + left) * 3, part.rgb, y * partWidth * 3, partWidth * 3);
        }
        return part;
    }

    /** Refuses sizes outside the limits, before anything is allocated for them. */
    static void checkSize(int width, int height) {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("a picture of [" + width + " x " + height + "] pixels; sides of 1 to "
                    + MAX_SIDE + " and at most " + MAX_PIXELS + " pixels are allowed: scale it down first");
        }
    }
}
