package dev.tandem.method.image;

import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.tokens.TokenKnobs;
import dev.tandem.pack.Preprocessing;

/**
 * Knobs of {@code image}. An absent neighbour count becomes the default.
 *
 * @param format   {@code jpeg} or {@code webp}
 * @param quality  1 to 100
 * @param side     pixels of the shorter side to which the picture is shrunk before coding; 0 leaves the encoder's input
 *                 size
 * @param clusters tokens after merging on the edge; 0 keeps all
 */
record ImageKnobs(String format, int quality, int side, int clusters, int neighbours) implements TokenKnobs {
    ImageKnobs {
        neighbours = neighbours == 0 ? DEFAULT_NEIGHBOURS : neighbours;
    }

    /** What is coded: the picture at the encoder's input size, shrunk where the point says so. */
    RgbImage shrunk(RgbImage input) {
        double scale = side == 0 ? 1 : (double) side / Math.min(input.width(), input.height());
        return Resize.bicubic(input, scaled(input.width(), scale), scaled(input.height(), scale));
    }

    private static int scaled(int pixels, double scale) {
        return (int) Math.max(1, Math.round(pixels * scale));
    }

    /** The encoder's input of what was coded. */
    static RgbImage enlarged(RgbImage coded, Preprocessing input) {
        return Resize.bicubic(coded, input.width(), input.height());
    }

    /** The largest {@code side} that shrinks at all. */
    static int mostSide(Preprocessing input) {
        return Math.min(input.width(), input.height()) - 1;
    }

    /** Refuses a side that does not shrink, as an ad hoc name may have it: one point has one name. */
    void requireSide(String point, Preprocessing input) {
        if (side > mostSide(input)) {
            throw new IllegalArgumentException("running the operating point " + point + ", shrunk to [" + side
                    + "] pixels; needed less than " + (mostSide(input) + 1)
                    + ", the encoder's input, which a name without a side is");
        }
    }
}
