package dev.tandem.hil.relay;

/**
 * One direction of a link. Sizes are those of IP packets, headers counted.
 *
 * @param rateBytesPerSecond
 *            how fast the link is; 0: no limit
 * @param queueBytes
 * what may wait before the link, the packet in transmission counted; at least 1,500 with a rate, without one it means
 * nothing
 * @param delayMs
 *            from the far end of the queue to the other end, 0 to 60,000
 * @param jitterMs
 * the delay is evenly distributed this much around {@code delayMs}, and no more than that; packets keep their order
 * @param loss
 *            which packets get lost; null: none
 * @param reorder
 *            which packets are held back; null: none
 * @param duplicate
 *            the probability that a packet arrives twice
 * @param mtuBytes
 *            larger UDP packets are swallowed; 0: no limit, else 68 to 65,535
 */
public record LaneProfile(long rateBytesPerSecond, int queueBytes, double delayMs, double jitterMs, Loss loss,
        Reorder reorder,
        double duplicate, int mtuBytes) {
    /** A direction without faults. */
    public static final LaneProfile CLEAN = new LaneProfile(0, 0, 0, 0, new Loss.None(), Reorder.NONE, 0, 0);

    private static final int ETHERNET = 1_500;
    private static final double LONGEST_MS = 60_000;

    /** Held back by {@code extraDelayMs} (0 to 60,000) with {@code probability}, while later packets go by. */
    public record Reorder(double probability, double extraDelayMs) {
        /** None is held back. */
        public static final Reorder NONE = new Reorder(0, 0);

        /** Checks the ranges. */
        public Reorder {
            Check.probability("reorder.probability", probability);
            Check.range("reorder.extraDelayMs", extraDelayMs, 0, LONGEST_MS);
        }
    }

    /** Checks the ranges. */
    public LaneProfile {
        loss = loss == null ? new Loss.None() : loss;
        reorder = reorder == null ? Reorder.NONE : reorder;
        Check.range("rateBytesPerSecond", rateBytesPerSecond, 0, 1e10);
        Check.range("queueBytes", queueBytes, rateBytesPerSecond == 0 ? 0 : ETHERNET, 1e9);
        Check.range("delayMs", delayMs, 0, LONGEST_MS);
        Check.range("jitterMs", jitterMs, 0, delayMs);
        Check.probability("duplicate", duplicate);
        Check.range("mtuBytes", mtuBytes, mtuBytes == 0 ? 0 : 68, 65_535);
    }

    /** The same with another rate and queue. */
    public LaneProfile withRate(long bytesPerSecond, int queue) {
        return new LaneProfile(bytesPerSecond, queue, delayMs, jitterMs, loss, reorder, duplicate, mtuBytes);
    }

    /** The same with another delay, give or take {@code jitter}, in milliseconds. */
    public LaneProfile withDelayMs(double delay, double jitter) {
        return new LaneProfile(rateBytesPerSecond, queueBytes, delay, jitter, loss, reorder, duplicate, mtuBytes);
    }

    /** The same with other losses. */
    public LaneProfile withLoss(Loss other) {
        return new LaneProfile(rateBytesPerSecond, queueBytes, delayMs, jitterMs, other, reorder, duplicate, mtuBytes);
    }

    /** The same with some packets held back. */
    public LaneProfile withReorder(double probability, double extraDelayMs) {
        return new LaneProfile(rateBytesPerSecond, queueBytes, delayMs, jitterMs, loss,
                new Reorder(probability, extraDelayMs),
                duplicate, mtuBytes);
    }

    /** The same with some packets twice. */
    public LaneProfile withDuplicate(double probability) {
        return new LaneProfile(rateBytesPerSecond, queueBytes, delayMs, jitterMs, loss, reorder, probability, mtuBytes);
    }

    /** The same with another largest packet. */
    public LaneProfile withMtuBytes(int bytes) {
        return new LaneProfile(rateBytesPerSecond, queueBytes, delayMs, jitterMs, loss, reorder, duplicate, bytes);
    }
}
