package dev.tandem.hil.relay;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What became of the packets of one protocol so far. Written by the relay's thread, read by any. */
public final class Counters {
    private static final int OUTCOMES = Outcome.values().length;

    private final AtomicLongArray packets = new AtomicLongArray(2 * OUTCOMES);
    private final AtomicLongArray bytes = new AtomicLongArray(2);

    /** Packets (TCP: segments) that went this way and ended so. */
    public long count(Way way, Outcome outcome) {
        return packets.get(way.ordinal() * OUTCOMES + outcome.ordinal());
    }

    /** Bytes delivered this way, headers of IP and above counted. */
    public long deliveredBytes(Way way) {
        return bytes.get(way.ordinal());
    }

    /** All outcomes of one way that are not zero. */
    public Map<Outcome, Long> of(Way way) {
        Map<Outcome, Long> some = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            if (count(way, outcome) != 0) {
                some.put(outcome, count(way, outcome));
            }
        }
        return some;
    }

    void add(Way way, Outcome outcome) {
        packets.incrementAndGet(way.ordinal() * OUTCOMES + outcome.ordinal());
    }

    void delivered(Way way, int size) {
        add(way, Outcome.DELIVERED);
        bytes.addAndGet(way.ordinal(), size);
    }
}
