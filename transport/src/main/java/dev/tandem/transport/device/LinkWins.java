package dev.tandem.transport.device;

import dev.tandem.transport.session.Transport;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts which transport carried a device's connections, and why it and not the other (docs/wire.md, section 8). Thread
 * safe.
 */
public final class LinkWins {
    private final Map<Transport, Map<Why, LongAdder>> wins = new EnumMap<>(Transport.class);

    /** Why a transport won. */
    public enum Why {
        /** The settings, or this machine, allow no other. */
        ALONE,
        /** It said hello before it was time to start the other. */
        AHEAD,
        /** Both were trying, and it was quicker. */
        QUICKER,
        /** The other had failed. */
        OTHER_FAILED;

        /** For people and for the tags of metrics. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    LinkWins() {
        for (Transport each : Transport.values()) {
            Map<Why, LongAdder> reasons = new EnumMap<>(Why.class);
            for (Why why : Why.values()) {
                reasons.put(why, new LongAdder());
            }
            wins.put(each, reasons);
        }
    }

    void count(Transport winner, Why why) {
        wins.get(winner).get(why).increment();
    }

    /** Connections so far that this transport carried for this reason. */
    public long of(Transport transport, Why why) {
        return wins.get(transport).get(why).sum();
    }
}
