package dev.tandem.edge.lmm;

import java.lang.foreign.Arena;

/**
 * A picture that the model has read: the keys and values of everything before the question, in off-heap memory of its
 * own. Any number of questions may start from it; it is never written again.
 * <p>
 * <b>Ownership:</b> the caller closes it, before the model. <b>Threads:</b> the model's.
 */
public final class Prefix implements AutoCloseable {
    private final LanguageModel owner;
    private final Arena arena;
    private final KvCache cache;
    private final int pictureTokens;
    private final long projectNanos;
    private final long prefillNanos;

    Prefix(LanguageModel owner, Arena arena, KvCache cache, int pictureTokens, long projectNanos, long prefillNanos) {
        this.owner = owner;
        this.arena = arena;
        this.cache = cache;
        this.pictureTokens = pictureTokens;
        this.projectNanos = projectNanos;
        this.prefillNanos = prefillNanos;
    }

    /** Positions it takes in the context, text included. */
    public int length() {
        return cache.capacity();
    }

    /** Tokens of the picture in it. */
    public int pictureTokens() {
        return pictureTokens;
    }

    /** Time that embedding, projector and splice took, ns. */
    public long projectNanos() {
        return projectNanos;
    }

    /** Time that the decoder took, ns. */
    public long prefillNanos() {
        return prefillNanos;
    }

    /** Off-heap memory it holds. */
    public long bytes() {
        return cache.bytes();
    }

    KvCache cache() {
        return cache;
    }

    boolean usableBy(LanguageModel model) {
        return model == owner && arena.scope().isAlive();
    }

    /** Gives the memory back. Closing twice does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            owner.released(this);
            arena.close();
        }
    }
}
