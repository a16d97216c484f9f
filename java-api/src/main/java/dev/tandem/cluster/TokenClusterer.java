package dev.tandem.cluster;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.tensor.Tensor;

/**
 * Merges the tokens of one picture into fewer, in order of importance. Tokens are read where the encoder wrote them and
 * merged ones are written where the next graph reads them: nothing is copied.
 * <p>
 * <b>Threads:</b> any, several at once, each with tensors of its own. Its owner closes it once nobody uses it any more.
 */
public interface TokenClusterer extends AutoCloseable {
    /**
     * The fastest one of this machine: libtandem's where that is loaded (why not is logged when it is looked for), else
     * the plain Java one.
     *
     * @param memory
     *            what it keeps off the heap is counted by this account's owner {@code cluster}
     */
    static TokenClusterer best(MemoryAccount memory) {
        return NativeLibrary.get().available()
                ? new NativeDpcKnn(NativeDpcKnn.bf16(), memory.owner("cluster"))
                : new DpcKnn();
    }

    /** The plain Java one, which others are compared with; it holds nothing off the heap. */
    static TokenClusterer reference() {
        return new DpcKnn();
    }

    /**
     * Clusters the tokens of one picture and merges each cluster by its plain mean.
     *
     * @param tokens
     *            float32 [n, width] in memory that the CPU reads; read, never kept
     * @param clusters
     *            clusters wanted, 1..n
     * @param neighbours
     *            nearest points that make a density, the point itself included; at least 1, a value above n counts as n
     * @param merged
     *            float32 [clusters, width], apart from the tokens: receives the mean of each cluster's tokens; means
     *            nothing after an exception
     * @return centres and assignment, the most important cluster first
     * @throws IllegalArgumentException
     *             for a shape, type or memory that does not fit, fewer tokens than clusters, or a NaN or infinite value
     */
    Clusters cluster(Tensor tokens, int clusters, int neighbours, Tensor merged);

    /** Gives back what it holds off the heap. Closing twice does nothing. */
    @Override
    default void close() {
        // One of the heap has nothing to give back.
    }
}
