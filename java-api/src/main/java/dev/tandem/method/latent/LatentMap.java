package dev.tandem.method.latent;

import dev.tandem.method.Evidence;
import java.util.BitSet;

/**
 * A latent map as it reached the edge. Nobody changes its array and set.
 *
 * @param values [channels, height, width] row major: symbols as floats, and between them where a band is missing
 * @param rung   of the ladder, which says whose latent it is
 * @param here   bands that came
 * @param total  bands that were sent
 */
public record LatentMap(float[] values, LatentShape shape, String rung, BitSet here, int total) implements Evidence {
    /** Checks the sizes against each other. */
    public LatentMap {
        if (values.length != shape.values() || here.length() > total) {
            throw new IllegalArgumentException("a latent map of " + shape + " with [" + values.length
                    + "] values and bands " + here + " of [" + total + "]");
        }
    }

    @Override
    public int used() {
        return here.cardinality();
    }
}
