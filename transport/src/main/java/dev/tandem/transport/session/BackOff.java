package dev.tandem.transport.session;

import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubled each time, the second half of each by chance, so that many devices do not come at
 * once.
 */
public final class BackOff {
    private final long firstNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private int attempt;

    /**
     * @param firstNanos longest first pause, 1 or more
     * @param maxNanos longest pause of all, {@code firstNanos} or more
     */
    public BackOff(long firstNanos, long maxNanos, RandomGenerator random) {
        if (firstNanos < 1 || maxNanos < firstNanos) {
            throw new IllegalArgumentException("back-off from [" + firstNanos + "] to [" + maxNanos
                    + "] ns, needed at least 1 and the second not below the first");
        }
        this.firstNanos = firstNanos;
        this.maxNanos = maxNanos;
        this.random = random;
    }

    /** The next pause in nanoseconds: half to all of the doubled one. */
    public long nextNanos() {
        long whole = firstNanos;
        for (int i = 0; i < attempt && whole < maxNanos; i++) {
            whole = whole > maxNanos / 2 ? maxNanos : whole * 2; // never beyond a long
        }
        attempt++;
        return whole / 2 + random.nextLong(whole - whole / 2 + 1);
    }

    /** It worked: begin anew. */
    public void reset() {
        attempt = 0;
    }

    /** Pauses since the last success. */
    public int attempt() {
        return attempt;
    }
}
