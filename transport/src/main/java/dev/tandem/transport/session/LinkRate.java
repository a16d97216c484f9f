package dev.tandem.transport.session;

/**
 * When bytes have left a serial link of a fixed rate: each piece starts when the one before it is through, and is
 * through when its last byte is. An idle link saves nothing up, so a single kilobyte takes its full time. Time is
 * passed in. Not thread safe.
 */
public final class LinkRate {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long bytesPerSecond;
    private long freeAtNanos;
    private boolean used;

    public LinkRate(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("link rate of [" + bytesPerSecond + "] bytes/s, needed at least 1");
        }
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Takes a piece at a time ({@link System#nanoTime()} scale) and returns when its last byte is through. */
    public long leaveNanos(long nowNanos, int bytes) {
        long start = used && freeAtNanos - nowNanos > 0 ? freeAtNanos : nowNanos;
        used = true;
        freeAtNanos = start + Math.ceilDiv(bytes * NANOS_PER_SECOND, bytesPerSecond);
        return freeAtNanos;
    }
}
