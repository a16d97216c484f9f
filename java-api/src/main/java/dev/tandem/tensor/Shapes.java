package dev.tandem.tensor;

import java.util.Arrays;

/** Arithmetic on shapes: dimensions are zero or more, the product must fit a long. */
final class Shapes {
    private Shapes() {
    }

    /** Number of elements; 1 for a scalar (no dimensions), 0 where any dimension is 0. */
    static long elements(long[] shape) {
        boolean empty = false;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("a tensor's shape must be fully known, found "
                        + Arrays.toString(shape) + ": every dimension must be 0 or more");
            }
            empty |= dimension == 0;
        }
        return empty ? 0 : product(shape);
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long dimension : shape) {
            if (Math.multiplyHigh(product, dimension) != 0 || product * dimension < 0) {
                throw new IllegalArgumentException(
                        "the shape " + Arrays.toString(shape) + " has more elements than 63 bits can count");
            }
            product *= dimension;
        }
        return product;
    }

    static long bytes(DType dtype, long[] shape) {
        long elements = elements(shape);
        if (elements > Long.MAX_VALUE / dtype.bytes()) {
            throw new IllegalArgumentException("a tensor " + dtype + Arrays.toString(shape) + " does not fit 63 bits");
        }
        return elements * dtype.bytes();
    }
}
