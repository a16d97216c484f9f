package dev.tandem.method.tokens;

import dev.tandem.method.Evidence;

/**
 * Tokens that reached the edge, in order of importance where they were merged, in raster order where they were not.
 *
 * @param values [count,width] row-major
 * @param count  tokens held
 * @param width  width of a token
 * @param total  tokens that the device sent; more than {@code count} when slices were lost
 */
public record TokenSet(float[] values, int count, int width, int total) implements Evidence {
    /** Checks the sizes against each other; the array is not copied. */
    public TokenSet {
        if (count < 0 || width < 1 || total < count || values.length != (long) count * width) {
            throw new IllegalArgumentException("a token set of [" + values.length + "] values with count " + count
                    + ", width " + width + " and total " + total + "; count * width values and total >= count needed");
        }
    }

    @Override
    public int used() {
        return count;
    }
}
