package dev.tandem.hil.relay;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One direction of the link for TCP: gives each segment its luck. It takes its time at the bottleneck, may get lost,
 * and is delayed; size limit, reordering and duplication mean nothing to what a stack puts in order anyhow. Every
 * segment takes the same number of draws. Whether a repetition gets lost too is decided by the mean rate: it comes a
 * round trip or more later, when a burst is mostly over. One thread.
 */
final class SegmentLane {
    /** Linux gives up after 15; here the 15th arrives. */
    private static final int MOST_LOSSES = 15;

    private final RandomGenerator random;
    private final Bottleneck bottleneck;
    private LaneProfile profile;
    private LossModel loss;

    SegmentLane(LaneProfile profile, Bottleneck bottleneck, RandomGenerator random) {
        this.random = random;
        this.bottleneck = bottleneck;
        become(profile);
    }

    /** From now on as this profile says. The draws go on. */
    void become(LaneProfile other) {
        profile = other;
        loss = new LossModel(other.loss());
    }

    /**
     * Sends {@code bytes} of payload and {@code headerBytes}, whether or not the queue has room: the caller has asked
     * for it.
     */
    <T> Segment<T> send(long nowNs, T payload, int bytes, int headerBytes, long rttNs) {
        boolean lost = loss.lost(random.nextDouble(), random.nextDouble());
        double jitter = 2 * random.nextDouble() - 1;
        SplittableRandom repetitions = new SplittableRandom(random.nextLong());
        int losses = lost ? 1 : 0;
        while (lost && losses < MOST_LOSSES && repetitions.nextDouble() < profile.loss().meanRate()) {
            losses++;
        }
        long departNs = bottleneck.take(nowNs, bytes + headerBytes);
        long arriveNs = departNs + Link.ns(profile.delayMs() + jitter * profile.jitterMs());
        return new Segment<>(payload, bytes, departNs, arriveNs, losses, rttNs);
    }

    /** When there is room for a full segment, at the earliest. */
    long roomAtNs(long nowNs, int headerBytes) {
        return bottleneck.roomAtNs(nowNs, Segment.PAYLOAD + headerBytes);
    }

    /**
     * How much may be read at once, in bytes: a link with a rate takes one segment at a time, so that its queue stays
     * bounded.
     */
    int readBytes() {
        return profile.rateBytesPerSecond() > 0 ? Segment.PAYLOAD : 16 * Segment.PAYLOAD;
    }
}
