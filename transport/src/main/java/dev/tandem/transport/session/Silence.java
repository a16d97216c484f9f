package dev.tandem.transport.session;

/**
 * When the device offers a question again unasked: nothing that could be an answer to it has been heard (docs/wire.md,
 * section 7).
 */
public final class Silence {
    /** Time for the edge's acknowledgement beyond a quarter of a round trip, on a link that loses packets. */
    private static final long MARGIN_NANOS = 10_000_000;
    /**
     * The same on a link that loses none: QUIC lets an acknowledgement wait 25 ms, and an edge may be busy; more likely
     * than a loss is that it comes late, and what is offered in vain costs a thin link as much as the question did.
     */
    private static final long QUIET_MARGIN_NANOS = 40_000_000;
    /** A question that four flights did not bring waits for QUIC, or its deadline. */
    private static final int MOST_TIMES = 3;

    private final long rttNanos;
    private final long heardFromNanos;
    private long waitNanos;
    private long sinceNanos;
    private int times;
    private boolean over;

    /**
     * For a question that left now.
     *
     * @param rttNanos round trip as it is known; 0, unknown: nothing is offered unasked
     * @param loss share of packets lost lately
     */
    public Silence(long sentNanos, long rttNanos, double loss) {
        this.rttNanos = rttNanos;
        this.heardFromNanos = sentNanos + rttNanos - rttNanos / 8; // what comes sooner was said before
        this.sinceNanos = sentNanos;
        this.waitNanos = rttNanos + rttNanos / 4 + (loss < Flight.LOSSY ? QUIET_MARGIN_NANOS : MARGIN_NANOS);
        this.over = rttNanos <= 0;
    }

    /** Nanoseconds until the next look, 0 or less: now; {@link Long#MAX_VALUE}: never. */
    public long dueInNanos(long now) {
        return over ? Long.MAX_VALUE : waitNanos - (now - sinceNanos);
    }

    /**
     * Looks, when it is due: whether to offer everything again now. After that, or when something was heard, later or
     * never.
     *
     * @param heardNanos when the edge was heard last
     * @param leftNanos time to the exchange's deadline; 1.5 round trips must fit
     */
    public boolean offer(long now, long heardNanos, long leftNanos) {
        if (dueInNanos(now) > 0) {
            return false;
        }
        if (heardNanos - heardFromNanos >= 0 || times == MOST_TIMES || leftNanos < rttNanos + rttNanos / 2) {
            over = true;
            return false;
        }
        times++;
        sinceNanos = now;
        waitNanos *= 2;
        return true;
    }
}
