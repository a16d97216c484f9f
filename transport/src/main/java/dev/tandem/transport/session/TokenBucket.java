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
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /**
     * Takes so many in any case, but owes no more than {@code most} for it: what is taken beyond that is forgiven.
     *
     * @return nanoseconds until what was taken too much has come back; 0: nothing was
     */
    public long owe(long count, long most, long now) {
        fill(now);
        tokens = Math.min(tokens, Math.max(tokens - count, -most));
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS);
    }

    private void fill(long now) {
        tokens = Math.min(burst, tokens + (now - filledNanos) / NANOS * perSecond);
        filledNanos = now;
    }
}
