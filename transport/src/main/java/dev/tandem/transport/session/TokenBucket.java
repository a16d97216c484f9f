package dev.tandem.transport.session;

/** So many at once and so many a second after that. Not thread safe. */
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double burst;
    private final double perSecond;
    private double tokens;
    private long filledNanos;

    /**
     * Full at first.
     *
     * @param burst most at once, 1 or more
     * @param perSecond how many come back in a second, above 0
     */
    public TokenBucket(double burst, double perSecond, long now) {
        if (!(burst >= 1 && perSecond > 0)) {
            throw new IllegalArgumentException("token bucket of [" + burst + "] and [" + perSecond
                    + "] a second, needed at least 1 and more than 0");
        }
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.filledNanos = now;
    }

    /** Takes one, if there is one. */
    public boolean take(long now) {
        tokens = Math.min(burst, tokens + (now - filledNanos) / NANOS * perSecond);
        filledNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
