package dev.tandem.transport.session;

/**
 * When the device pings, and when it takes the edge for dead (docs/wire.md, section 3). One a connection: it remembers
 * its last ping. Not thread safe.
 */
public final class KeepAlive {
    /** What to do now. */
    public enum Kind {
        WAIT, PING, DEAD
    }

    /** What to do now, and how many nanoseconds until the next look; 0 when dead. */
    public record Verdict(Kind kind, long waitNanos) {}

    private static final double NANOS = 1e9;

    private final long pingNanos;
    private final long deadNanos;
    private final long floorBytesPerSecond;
    private boolean pinged;
    private long pingedNanos;

    /**
     * @param pingNanos silence of either direction after which a ping is sent
     * @param deadNanos silence of the edge after which it is dead
     * @param floorBytesPerSecond slowest link on which an upload still counts as life, 1 or more
     */
    public KeepAlive(long pingNanos, long deadNanos, long floorBytesPerSecond) {
        this.pingNanos = pingNanos;
        this.deadNanos = deadNanos;
        this.floorBytesPerSecond = floorBytesPerSecond;
    }

    /**
     * What to do at {@code now}. A verdict of PING counts as a ping sent; the caller sends it.
     *
     * @param unconfirmedBytes sent since the edge was heard last; a thin link busy with them answers late
     */
    public Verdict check(long now, long lastReadNanos, long lastWriteNanos, long unconfirmedBytes) {
        long silent = now - lastReadNanos;
        long patience = patienceNanos(unconfirmedBytes);
        if (silent >= patience) {
            return new Verdict(Kind.DEAD, 0);
        }
        long idle = now - lastWriteNanos;
        // Only a ping makes the edge speak: whatever else was written since may be an upload that nobody answers before
        // its end.
        boolean asked = pinged && pingedNanos - lastReadNanos >= 0;
        if (idle >= pingNanos || silent >= pingNanos && !asked) {
            pinged = true;
            pingedNanos = now;
            return new Verdict(Kind.PING, Math.min(pingNanos, patience - silent));
        }
        long wait = Math.min(pingNanos - idle, patience - silent);
        return new Verdict(Kind.WAIT, asked ? wait : Math.min(wait, pingNanos - silent));
    }

    /** Silence that is too long. Bounded, so that no count of bytes can wrap it into the past. */
    private long patienceNanos(long unconfirmedBytes) {
        double busyNanos = unconfirmedBytes * NANOS / floorBytesPerSecond;
        return deadNanos + (long) Math.min(busyNanos, Long.MAX_VALUE / 2);
    }
}
