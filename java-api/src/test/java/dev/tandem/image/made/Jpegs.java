package dev.tandem.image.made;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** JPEG files: ImageIO's scans behind segments of every kind and in every order. */
public final class Jpegs {
    private Jpegs() {
    }

    public static Made make(Dice dice) {
        return make(dice, dice.side(), dice.side(), dice.of(JpegColour.values()));
    }

    /** One of every way to say what the components are. */
    public static List<Made> ofEveryColour(Dice dice) {
        return Arrays.stream(JpegColour.values()).map(colour -> make(dice, 17, 12, colour)).toList();
    }

    private static Made make(Dice dice, int width, int height, JpegColour colour) {
        try {
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
