package dev.tandem.method;

import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.pack.Preprocessing;

/** A picture at the size that the pack's graphs take (docs/pack.md section 1). */
public final class Prepare {
    private Prepare() {
    }

    /** Squashed, or scaled by its shorter side and cut in the middle. */
    public static RgbImage resize(RgbImage picture, Preprocessing how) {
        if (Preprocessing.SQUASH.equals(how.fit())) {
            return Resize.bilinear(picture, how.width(), how.height());
        }
        double scale = (double) how.resize() / Math.min(picture.width(), picture.height());
        int width = Math.max(how.resize(), (int) Math.round(picture.width() * scale));
        int height = Math.max(how.resize(), (int) Math.round(picture.height() * scale));
        return Resize.bilinear(picture, width, height).crop((width - how.width()) / 2, (height - how.height()) / 2,
                how.width(), how.height());
    }
}
