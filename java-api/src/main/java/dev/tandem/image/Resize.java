package dev.tandem.image;

/** Resizing. Any thread. */
public final class Resize {
    private Resize() {
    }

    /** Squashes to a size, ignoring the aspect ratio, with antialiased bilinear as Pillow's {@code Image.BILINEAR}. */
    public static RgbImage bilinear(RgbImage image, int width, int height) {
        throw new UnsupportedOperationException("not yet");
    }
}
