package dev.tandem.method.tofc;

import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tokens.TokenKnobs;

/**
 * Knobs of {@code tofc}. An absent neighbour count becomes the default.
 *
 * @param step       quantiser step in token units
 * @param scaleShift added to the scale logit
 * @param slices     cut a picture into at least this many slices; 0: as few as the payload limit allows
 */
record TofcKnobs(int clusters, int neighbours, float step, int scaleShift, int slices) implements TokenKnobs {
    TofcKnobs {
        neighbours = neighbours == 0 ? DEFAULT_NEIGHBOURS : neighbours;
    }

    /** What the codec needs of it, under the point's id. */
    OperatingStep step(int id) {
        return new OperatingStep(id, step, scaleShift);
    }
}
