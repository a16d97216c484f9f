package dev.tandem.transport.session;

/** When the edge tells the device which slices it has: after a quiet time, rarer and rarer while nothing follows. */
public final class ReceiptClock {
    /**
     * Reports double their distance up to this: a device that is away costs a few packets, one that is back is told
     * soon.
     */
    private static final int MOST_TIMES = 16;

    private final long quietNanos;
    private long sinceNanos;
    private long times = 1;
    private boolean begun;

    /** {@code quietNanos}: how long nothing must have come before the first report. */
    public ReceiptClock(long quietNanos) {
        this.quietNanos = quietNanos;
    }

    /** A slice, or the ASK, has come. */
    public void arrived(long now) {
        begun = true;
        sinceNanos = now;
        times = 1;
    }

    /** The device was told. */
    public void told(long now) {
        begun = true;
        sinceNanos = now;
        times = Math.min(MOST_TIMES, times * 2);
    }

    /** Nanoseconds until it is to be told; 0 or less: now; {@link Long#MAX_VALUE} before anything has come. */
    public long dueInNanos(long now) {
        return !begun ? Long.MAX_VALUE : quietNanos * times - (now - sinceNanos);
    }
}
