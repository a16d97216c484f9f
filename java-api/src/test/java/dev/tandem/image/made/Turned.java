package dev.tandem.image.made;

import dev.tandem.image.RgbImage;

/** Orientation by composing mirrors and the transposition, another way than the reader's. */
final class Turned {
    private Turned() {
    }

    /** How a stored picture is seen. */
    static RgbImage seen(RgbImage stored, int orientation) {
        return switch (orientation) {
            case 2 -> mirrored(stored);
            case 3 -> mirrored(flipped(stored));
            case 4 -> flipped(stored);
            case 5 -> transposed(stored);
            case 6 -> mirrored(transposed(stored));
            case 7 -> mirrored(flipped(transposed(stored)));
            case 8 -> flipped(transposed(stored));
            default -> stored;
        };
    }

    private interface Place {
        int of(int x, int y);
    }

    private static RgbImage moved(RgbImage from, int width, int height, Place place) {
        RgbImage to = RgbImage.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    to.rgb()[(y * width + x) * 3 + c] = from.rgb()[place.of(x, y) * 3 + c];
                }
            }
        }
        return to;
    }

    private static RgbImage mirrored(RgbImage image) {
        int width = image.width();
        return moved(image, width, image.height(), (x, y) -> y * width + width - 1 - x);
    }

    private static RgbImage flipped(RgbImage image) {
        int width = image.width();
        return moved(image, width, image.height(), (x, y) -> (image.height() - 1 - y) * width + x);
    }

    private static RgbImage transposed(RgbImage image) {
        return moved(image, image.height(), image.width(), (x, y) -> x * image.width() + y);
    }
}
