package dev.tandem.hil.relay;

import java.util.random.RandomGenerator;

/**
 * One direction of the link for datagrams: says of each when it arrives, or why it does not. In this order: stopped,
 * too big, queue full, lost after it has taken its time on the link, delayed.
 *
 * <p>
 * Every packet takes the same number of draws whatever becomes of it: the n-th packet meets the same luck in two runs
 * with one seed, even when the runs differ in timing, or one of them in rate. One thread.
 */
final class Lane {
    /** No such time. */
    static final long NONE = -1;

    private final RandomGenerator random;
    private final Bottleneck bottleneck;
    private LaneProfile profile;
    private LossModel loss;
    /** What keeps its order arrives no sooner than this. */
    private long floorNs;

    /**
     * What becomes of one packet: delivered at {@code dueNs}, and when {@code copyNs} is not {@link #NONE} again then;
     * or another outcome, and no times.
     */
    record Decision(Outcome outcome, long dueNs, long copyNs, boolean reordered) {
        static Decision dropped(Outcome why) {
            return new Decision(why, NONE, NONE, false);
        }
    }

    Lane(LaneProfile profile, Bottleneck bottleneck, RandomGenerator random) {
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
     * Decides about a packet of {@code bytes} with its IP headers; {@code stopped} is why nothing passes now, or null.
     */
    Decision decide(long nowNs, int bytes, Outcome stopped) {
        boolean lost = loss.lost(random.nextDouble(), random.nextDouble());
        long pathNs = delayNs(random.nextDouble());
        long copyPathNs = delayNs(random.nextDouble());
        boolean held = random.nextDouble() < profile.reorder().probability();
        boolean twice = random.nextDouble() < profile.duplicate();
        if (stopped != null) {
            return Decision.dropped(stopped);
        }
        if (profile.mtuBytes() != 0 && bytes > profile.mtuBytes()) {
            return Decision.dropped(Outcome.TOO_BIG);
        }
        long departNs = bottleneck.depart(nowNs, bytes);
        if (departNs == Bottleneck.FULL) {
            return Decision.dropped(Outcome.QUEUE_FULL);
        }
        if (lost) {
            return Decision.dropped(Outcome.LOST);
        }
        long dueNs = Math.max(floorNs, departNs + pathNs);
        if (held) {
            dueNs += Link.ns(profile.reorder().extraDelayMs());
        } else {
            floorNs = dueNs;
        }
        return new Decision(Outcome.DELIVERED, dueNs, twice ? Math.max(dueNs, departNs + copyPathNs) : NONE, held);
    }

    private long delayNs(double draw) {
        return Link.ns(profile.delayMs() + (2 * draw - 1) * profile.jitterMs());
    }
}
