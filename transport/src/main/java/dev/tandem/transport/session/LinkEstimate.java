package dev.tandem.transport.session;

import java.util.ArrayDeque;
import java.util.Deque;

/** Smooths what the transport measures into a {@link LinkState}. */
public final class LinkEstimate {
    private static final int RTT_SHARE = 8;
    private static final double HALF_LIFE_NANOS = 5e9;
    private static final long RATE_WINDOW_NANOS = 10_000_000_000L;

    private record Rate(long atNanos, long bytesPerSecond) {}

    private final String transport;
    private final Deque<Rate> rates = new ArrayDeque<>();
    private long rttNanos;
    private double sent;
    private double lost;
    private long lastSent;
    private long lastLost;
    private long lastNanos;
    private boolean begun;

    public LinkEstimate(String transport) {
        this.transport = transport;
    }

    /**
     * Takes a sample. Packets are counted since the connection began. The rate kept is the best of the last 10 s: a
     * link that is not filled delivers less than it could, so a low sample says little.
     */
    public LinkState update(long now, long rttSampleNanos, long bytesPerSecond, long sentPackets, long lostPackets,
            long queueBytes, int datagramBytes) {
        if (rttSampleNanos > 0) {
            rttNanos = rttNanos == 0 ? rttSampleNanos : rttNanos + (rttSampleNanos - rttNanos) / RTT_SHARE;
        }
        double kept = begun ? Math.pow(0.5, Math.max(0, now - lastNanos) / HALF_LIFE_NANOS) : 0;
        sent = sent * kept + Math.max(0, sentPackets - lastSent);
        lost = lost * kept + Math.max(0, lostPackets - lastLost);
        lastSent = sentPackets;
        lastLost = lostPackets;
        lastNanos = now;
        begun = true;
        return new LinkState(rttNanos, best(now, bytesPerSecond), sent == 0 ? 0 : Math.min(1, lost / sent), queueBytes,
                datagramBytes, transport);
    }

    private long best(long now, long bytesPerSecond) {
        while (!rates.isEmpty() && now - rates.peekFirst().atNanos > RATE_WINDOW_NANOS) {
            rates.removeFirst();
        }
        while (!rates.isEmpty() && rates.peekLast().bytesPerSecond <= bytesPerSecond) {
            rates.removeLast();
        }
        if (bytesPerSecond > 0) {
            rates.addLast(new Rate(now, bytesPerSecond));
        }
        return rates.isEmpty() ? 0 : rates.peekFirst().bytesPerSecond;
    }
}
