package dev.tandem.transport.session;

/**
 * When a device doubts its connection and makes another beside it (docs/wire.md, section 8): it has sent and heard
 * nothing at all since, for longer than acknowledgements take.
 */
public final class Doubt {
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final int ROUND_TRIPS = 4;

    private boolean sent;
    private long sinceNanos;

    /** A question leaves; {@code heardNanos}: when anything was heard last. */
    public void sent(long now, long heardNanos) {
        if (!sent || heardNanos - sinceNanos > 0) {
            sent = true;
            sinceNanos = now;
        }
    }

    /** Whether to doubt. */
    public boolean doubtful(long now, long heardNanos, long rttNanos) {
        return sent && heardNanos - sinceNanos <= 0 && now - sinceNanos >= PATIENCE_NANOS + ROUND_TRIPS * rttNanos;
    }
}
