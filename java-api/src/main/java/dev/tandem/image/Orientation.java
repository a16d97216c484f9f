package dev.tandem.image;

/**
 * How a camera was held (Exif 2.3, tag 0x0112, found by {@link Ifd}). A phone stores its sensor's rows as they are and
 * says here which way is up; ImageIO ignores it.
 */
final class Orientation {
    static final int UPRIGHT = 1;

    private Orientation() {
    }

    /** The picture as it was seen. */
    static RgbImage apply(RgbImage image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean turned = orientation >= 5;
        int width = turned ? image.height() : image.width();
        int height = turned ? image.width() : image.height();
        RgbImage result = RgbImage.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = turned ? y : x;
                int fromY = turned ? x : y;
                // Stored columns run from the right in 2, 3, 7 and 8, stored rows from the bottom in 3, 4, 6 and 7.
                if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
                    fromX = image.width() - 1 - fromX;
                }
                if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
                    fromY = image.height() - 1 - fromY;
                }
                System.arraycopy(image.rgb(), (fromY * image.width() + fromX) * 3, result.rgb(), (y * width + x) * 3,
                        3);
            }
        }
        return result;
    }
}
