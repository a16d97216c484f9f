package dev.tandem.hil.relay;

/**
 * The slow place of one direction: packets leave one after the other at a rate, and a bounded number of bytes may wait.
 * One thread.
 */
final class Bottleneck {
    /** A packet that finds no room. */
    static final long FULL = -1;

    private static final long NS_PER_S = 1_000_000_000L;

    private long rate;
    private long queueBytes;
    private long freeNs;

    Bottleneck(LaneProfile profile) {
        rate = profile.rateBytesPerSecond();
        queueBytes = profile.queueBytes();
    }

    /** From now on as this profile says; what waits keeps waiting, at the new rate. */
    void become(long nowNs, LaneProfile profile) {
        long waiting = backlogBytes(nowNs);
        rate = profile.rateBytesPerSecond();
        queueBytes = profile.queueBytes();
        freeNs = nowNs + transmissionNs(waiting);
    }

    /**
     * When the last bit of a packet that comes now has left, or {@link #FULL}. A link at rest takes a packet of any
     * size.
     */
    long depart(long nowNs, int bytes) {
        if (!hasRoom(nowNs, bytes)) {
            return FULL;
        }
        return take(nowNs, bytes);
    }

    /** As {@link #depart}, whether or not there is room. */
    long take(long nowNs, int bytes) {
        freeNs = Math.max(freeNs, nowNs) + transmissionNs(bytes);
        return freeNs;
    }

    /** Whether a packet of this size may come now. */
    boolean hasRoom(long nowNs, int bytes) {
        return rate == 0 || freeNs <= nowNs || backlogBytes(nowNs) + bytes <= queueBytes;
    }

    /** When a packet of this size may come, at the earliest. */
    long roomAtNs(long nowNs, int bytes) {
        return hasRoom(nowNs, bytes) ? nowNs : freeNs - Math.max(0, queueBytes - bytes) * NS_PER_S / rate;
    }

    /** What is not sent yet, begun bytes counted. At most 10^9 and one packet, so that nothing here overflows. */
    long backlogBytes(long nowNs) {
        return freeNs <= nowNs ? 0 : Math.ceilDiv((freeNs - nowNs) * rate, NS_PER_S);
    }

    private long transmissionNs(long bytes) {
        return rate == 0 ? 0 : Math.ceilDiv(bytes * NS_PER_S, rate);
    }
}
