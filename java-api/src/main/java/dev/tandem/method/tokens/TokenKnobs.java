package dev.tandem.method.tokens;

import dev.tandem.method.Knobs;
import dev.tandem.pack.Checks;

/**
 * How tokens are merged, which every token method's points say.
 *
 * @see #clusters
 */
public interface TokenKnobs extends Knobs {
    /** K of DPC-KNN where a manifest or an ad hoc name is silent (docs/methods.md, Clustering). */
    int DEFAULT_NEIGHBOURS = 5;

    /** Tokens after merging; 0 keeps all. */
    int clusters();

    /** K of DPC-KNN. */
    int neighbours();

    /** Tokens that a picture has at this point, of the encoder's count. */
    default int tokens(int encoder) {
        return clusters() == 0 ? encoder : clusters();
    }

    /** Checks both against an encoder of so many tokens. */
    default void check(Checks checks, String where, int least, long encoder) {
        checks.range(where + ".clusters", clusters(), least, encoder);
        checks.range(where + ".neighbours", neighbours(), 1, 64);
    }

    /** Refuses more clusters than the encoder gives tokens, as an ad hoc name may ask for. */
    default void require(String point, int encoder) {
        if (clusters() > encoder) {
            throw new IllegalArgumentException("running the operating point " + point + " with [" + clusters()
                    + "] clusters; needed 0 to " + encoder + ", the tokens of a picture");
        }
    }
}
