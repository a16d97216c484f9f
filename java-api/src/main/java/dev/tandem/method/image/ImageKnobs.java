package dev.tandem.method.image;

import dev.tandem.method.tokens.TokenKnobs;

/**
 * Knobs of {@code image}. An absent neighbour count becomes the default.
 *
 * @param format   {@code jpeg} or {@code webp}
 * @param quality  1 to 100
 * @param clusters tokens after merging on the edge; 0 keeps all
 */
record ImageKnobs(String format, int quality, int clusters, int neighbours) implements TokenKnobs {
    ImageKnobs {
        neighbours = neighbours == 0 ? DEFAULT_NEIGHBOURS : neighbours;
    }
}
