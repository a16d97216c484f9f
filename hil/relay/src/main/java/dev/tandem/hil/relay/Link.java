package dev.tandem.hil.relay;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The link that all clients of a relay share: its two directions, what is going on now, and the clock, in nanoseconds
 * from the relay's start. UDP and TCP share rate and queue of a direction; each draws its luck from a generator of its
 * own, so that the one does not disturb the other's. Only the relay's event loop touches it.
 */
final class Link {
    static final long NS_PER_MS = 1_000_000L;
    static final long NEVER = Long.MAX_VALUE;
    static final long SYN_TIMEOUT_NS = 1_000 * NS_PER_MS;
    static final int MOST_SYN_FAILURES = 6;

    private final LongSupplier clock;
    private final Bottleneck[] bottlenecks = new Bottleneck[2];
    private final Lane[] lanes = new Lane[2];
    private final SegmentLane[] segments = new SegmentLane[2];
    private final SplittableRandom handshakes;
    private Profile profile;
    private Timetable timetable;
    private long profileNs;
    private int rebindsDone;
    private boolean udpBlocked;
    private long cutUntilNs;

    Link(Profile profile, long seed, LongSupplier clock) {
        this.clock = clock;
        SplittableRandom seeds = new SplittableRandom(seed);
        for (Way way : Way.values()) {
            LaneProfile lane = profile.lane(way);
            bottlenecks[way.ordinal()] = new Bottleneck(lane);
            lanes[way.ordinal()] = new Lane(lane, bottlenecks[way.ordinal()], seeds.split());
        }
        for (Way way : Way.values()) {
            segments[way.ordinal()] = new SegmentLane(profile.lane(way), bottlenecks[way.ordinal()], seeds.split());
        }
        handshakes = seeds.split();
        begin(profile);
    }

    static long ns(double millis) {
        return Math.round(millis * NS_PER_MS);
    }

    long nowNs() {
        return clock.getAsLong();
    }

    Lane lane(Way way) {
        return lanes[way.ordinal()];
    }

    SegmentLane segments(Way way) {
        return segments[way.ordinal()];
    }

    /** There and back, without jitter and queues. */
    long rttNs() {
        return ns(profile.up().delayMs() + profile.down().delayMs());
    }

    /**
     * How long TCP's handshake takes: a round trip, and for each SYN, or answer to it, that gets lost another time-out,
     * from one second up (RFC 6298), at most six times.
     */
    long handshakeNs() {
        SplittableRandom tries = handshakes.split();
        double passes = (1 - profile.up().loss().meanRate()) * (1 - profile.down().loss().meanRate());
        int failures = 0;
        while (failures < MOST_SYN_FAILURES && tries.nextDouble() >= passes) {
            failures++;
        }
        return rttNs() + Segment.backoffNs(SYN_TIMEOUT_NS, failures);
    }

    /** From now on as this profile says; its timetable begins now. */
    void become(Profile other) {
        for (Way way : Way.values()) {
            bottlenecks[way.ordinal()].become(nowNs(), other.lane(way));
            lane(way).become(other.lane(way));
            segments(way).become(other.lane(way));
        }
        begin(other);
    }

    private void begin(Profile other) {
        profile = other;
        timetable = new Timetable(other.timetable());
        profileNs = nowNs();
        rebindsDone = 0;
        udpBlocked = other.blockUdp();
    }

    void cut(Duration time) {
        cutUntilNs = Math.max(cutUntilNs, nowNs() + time.toNanos());
    }

    void blockUdp(boolean block) {
        udpBlocked = block;
    }

    boolean cut(long nowNs) {
        return nowNs < cutUntilNs || timetable.cut(nowNs - profileNs);
    }

    /** Why no datagram passes now, or null when they do. */
    Outcome udpStopped(long nowNs) {
        if (cut(nowNs)) {
            return Outcome.CUT;
        }
        return udpBlocked || timetable.udpBlocked(nowNs - profileNs) ? Outcome.BLOCKED : null;
    }

    /** Whether the timetable has had an address change since this was asked last. */
    boolean takeRebind(long nowNs) {
        int rebinds = timetable.rebinds(nowNs - profileNs);
        boolean some = rebinds > rebindsDone;
        rebindsDone = rebinds;
        return some;
    }

    /** When {@link #cut} or {@link #takeRebind} may answer otherwise, or {@link #NEVER}. */
    long nextChangeNs(long nowNs) {
        long next = timetable.nextChangeNs(nowNs - profileNs);
        long planned = next == NEVER ? NEVER : next + profileNs;
        return nowNs < cutUntilNs ? Math.min(planned, cutUntilNs) : planned;
    }
}
