package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JPEG files: ImageIO's scans behind segments of every kind and in every order. */
public final class Jpegs {
    private Jpegs() {
    }

    public static Made make(Dice dice) {
        try {
            int width = dice.side();
            int height = dice.side();
            JpegColour colour = dice.of(JpegColour.values());
            JpegSource source = JpegSource.of(dice, colour, dice.picture(width, height));
            int orientation = dice.of(1, 1 + dice.below(8));
            JpegLayout layout = new JpegLayout(dice);
            byte[] file = layout.file(source.jpeg(), colour, orientation);
            return new Made("JPEG of " + colour + (source.progressive() ? ", progressive" : "") + ", orientation "
                    + orientation, file, Turned.seen(source.pixels(), orientation), source.bound());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
