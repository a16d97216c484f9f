package dev.tandem.cluster;

/**
 * Merges the tokens of one picture into fewer, in order of importance. Implementations are safe for several threads unless they say otherwise.
 */
public interface TokenClusterer {
    /** The fastest one of this machine: libtandem's where that is loaded (why not is logged when it is looked for), else the plain Java one. One for the whole process. */
    static TokenClusterer best() {
        return BestClusterer.CHOSEN;
    }

    /** The plain Java one, which others are compared with. */
    static TokenClusterer reference() {
        return new DpcKnn();
    }

    /**
     * Clusters {@code n} tokens and merges each cluster by its plain mean.
     *
     * @param tokens float32 [n, width], row major; read, never kept
     * @param n tokens, at least {@code clusters}
     * @param width values of one token
     * @param clusters clusters wanted, 1..n
     * @param neighbours nearest points that make a density, the point itself included; at least 1, a value above n counts as n
     * @return centres, assignment and means, the most important cluster first
     * @throws IllegalArgumentException for a shape that does not fit, fewer tokens than clusters, or a NaN or infinite value
     */
    Clusters cluster(float[] tokens, int n, int width, int clusters, int neighbours);
}
