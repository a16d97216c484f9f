package dev.tandem.cluster;

/** DPC-KNN. */
public final class DpcKnn implements TokenClusterer {
    @Override
    public Clusters cluster(float[] tokens, int n, int width, int clusters, int neighbours) {
        throw new UnsupportedOperationException("not yet");
    }
}
