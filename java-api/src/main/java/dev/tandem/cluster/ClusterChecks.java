package dev.tandem.cluster;

/** What every implementation refuses, in the same words. */
final class ClusterChecks {
    /** The distances of all pairs are kept: at most 4 * n * n bytes. */
    static final int MOST_TOKENS = 32_768;

    private ClusterChecks() {
    }

    static void shapes(float[] tokens, int n, int width, int clusters, int neighbours) {
        if (n < 1 || width < 1 || tokens.length != (long) n * width) {
            throw new IllegalArgumentException("clustering needs n * width values; n is [" + n + "], width [" + width
                    + "], values [" + tokens.length + "]");
        }
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
    }

    static void finite(float[] tokens, int width) {
        for (int i = 0; i < tokens.length; i++) {
            if (!Float.isFinite(tokens[i])) {
                throw notFinite(tokens, width, i);
            }
        }
    }

    static IllegalArgumentException notFinite(float[] tokens, int width, int at) {
        return new IllegalArgumentException("token [" + at / width + "] value [" + at % width + "] is [" + tokens[at]
                + "]; clustering needs finite values");
    }

    static IllegalArgumentException overflow(int n) {
        return new IllegalArgumentException(
                "clustering [" + n + "] tokens: a squared distance overflows float32; scale the tokens down");
    }
}
