package dev.tandem.method.raw;

import dev.tandem.method.tokens.TokenKnobs;

/** Knobs of {@code raw}: how many tokens. An absent neighbour count becomes the default. */
record RawKnobs(int clusters, int neighbours) implements TokenKnobs {
    RawKnobs {
        neighbours = neighbours == 0 ? DEFAULT_NEIGHBOURS : neighbours;
    }
}
