package dev.tandem.cluster;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.ValueLayout;

/** What every implementation refuses, in the same words. */
final class ClusterChecks {
    /** The distances of all pairs are kept: at most 4 * n * n bytes. */
    static final int MOST_TOKENS = 32_768;

    private ClusterChecks() {
    }

    static void shapes(Tensor tokens, int clusters, int neighbours, Tensor merged) {
        matrix("tokens [n, width]", tokens);
        if (tokens.elements() < 1 || tokens.elements() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("clustering " + tokens + ": needed 1 to 2^31 - 1 values");
        }
        long n = tokens.dimension(0);
        if (n > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "clustering [" + n + "] tokens would need n * n distances; the most is " + MOST_TOKENS);
        }
        if (clusters < 1 || clusters > n) {
            throw new IllegalArgumentException(
                    "cannot make [" + clusters + "] clusters of [" + n + "] tokens; ask for 1.." + n);
        }
        if (neighbours < 1) {
            throw new IllegalArgumentException(
                    "a density needs at least 1 neighbour (the token itself); found [" + neighbours + "]");
        }
        matrix("merged tokens [clusters, width]", merged);
        if (merged.dimension(0) != clusters || merged.dimension(1) != tokens.dimension(1)) {
            throw new IllegalArgumentException("cannot merge " + tokens + " into [" + clusters + "] tokens in " + merged
                    + "; needed FLOAT32[" + clusters + ", " + tokens.dimension(1) + "]");
        }
        if (overlap(tokens, merged)) {
            throw new IllegalArgumentException("cannot merge " + tokens + " into " + merged
                    + " over the tokens themselves; give merged tokens memory of their own");
        }
    }

    private static void matrix(String what, Tensor tensor) {
        if (tensor.dtype() != DType.FLOAT32 || tensor.rank() != 2 || !tensor.kind().hostReadable()) {
            throw new IllegalArgumentException("clustering takes " + what + " as FLOAT32 in memory that the CPU reads; "
                    + "found " + tensor + " in [" + tensor.kind() + "] memory");
        }
    }

    private static boolean overlap(Tensor one, Tensor other) {
        long from = one.data().address();
        long to = other.data().address();
        return from < to + other.byteSize() && to < from + one.byteSize();
    }

    static void finite(float[] tokens, Tensor tensor) {
        for (int i = 0; i < tokens.length; i++) {
            if (!Float.isFinite(tokens[i])) {
                throw notFinite(tensor, i);
            }
        }
    }

    static IllegalArgumentException notFinite(Tensor tokens, long at) {
        long width = tokens.dimension(1);
        return new IllegalArgumentException("token [" + at / width + "] value [" + at % width + "] is ["
                + tokens.data().getAtIndex(ValueLayout.JAVA_FLOAT, at) + "]; clustering needs finite values");
    }

    static IllegalArgumentException overflow(Tensor tokens) {
        return new IllegalArgumentException("clustering [" + tokens.dimension(0)
                + "] tokens: a squared distance overflows float32; scale the tokens down");
    }
}
