package dev.tandem.image;

/** Writes pictures as small as the format allows at a quality. Any thread. */
public final class ImageWriter {
    private ImageWriter() {
    }

    /** JPEG 4:2:0 with optimised Huffman tables, baseline or progressive, whichever is smaller; quality 1 to 100. */
    public static byte[] jpeg(RgbImage image, int quality) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Lossy WebP; quality 1 to 100. */
    public static byte[] webp(RgbImage image, int quality) {
        throw new UnsupportedOperationException("not yet");
    }

    /** {@code jpeg} or {@code webp}. */
    public static byte[] write(RgbImage image, String format, int quality) {
        throw new UnsupportedOperationException("not yet");
    }
}
