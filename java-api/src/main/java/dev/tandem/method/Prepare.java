package dev.tandem.method;

import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.pack.Preprocessing;

/** A picture at the size that the pack's graphs take (docs/pack.md section 1). */
public final class Prepare {
    private Prepare() {
    }

    /** The part of a picture that is left, its sides as shares of the picture's own, 0 to 1. */
    public record Seen(double left, double top, double width, double height) {}

    /** Squashed, or scaled by its shorter side and cut in the middle. */
    public static RgbImage resize(RgbImage picture, Preprocessing how) {
        if (Preprocessing.SQUASH.equals(how.fit())) {
            return Resize.bilinear(picture, how.width(), how.height());
        }
        int width = scaled(picture.width(), picture, how);
        int height = scaled(picture.height(), picture, how);
        return Resize.bilinear(picture, width, height).crop((width - how.width()) / 2, (height - how.height()) / 2,
                how.width(), how.height());
    }

    /** What of a picture {@link #resize} keeps. */
    public static Seen seen(RgbImage picture, Preprocessing how) {
        if (Preprocessing.SQUASH.equals(how.fit())) {
            return new Seen(0, 0, 1, 1);
        }
        double width = scaled(picture.width(), picture, how);
        double height = scaled(picture.height(), picture, how);
        return new Seen((int) (width - how.width()) / 2 / width, (int) (height - how.height()) / 2 / height,
                how.width() / width, how.height() / height);
    }

    private static int scaled(int side, RgbImage picture, Preprocessing how) {
        double scale = (double) how.resize() / Math.min(picture.width(), picture.height());
        return Math.max(how.resize(), (int) Math.round(side * scale));
    }
}
