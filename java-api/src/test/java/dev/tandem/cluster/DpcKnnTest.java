package dev.tandem.cluster;

class DpcKnnTest extends TokenClustererContract {
    @Override
    protected TokenClusterer clusterer() {
        return new DpcKnn();
    }
}
