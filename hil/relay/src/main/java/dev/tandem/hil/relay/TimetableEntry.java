package dev.tandem.hil.relay;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something that happens to the link at a time.
 *
 * @param atMs
 *            when, since the profile began to hold, 0 to a day
 * @param forMs
 *            how long, 1 to a day; 0 for a rebind, which is over at once
 * @param action
 *            what; {@code do} in a file
 */
public record TimetableEntry(long atMs, long forMs, @JsonProperty("do") Action action) {
    private static final long DAY_MS = 86_400_000;

    /** What can happen. */
    public enum Action {
        /** Nothing passes. */
        @JsonProperty("cut")
        CUT,
        /** No UDP passes. */
        @JsonProperty("block-udp")
        BLOCK_UDP,
        /** Every UDP session gets a new address, as the server sees it. */
        @JsonProperty("rebind")
        REBIND
    }

    /** Checks the ranges. */
    public TimetableEntry {
        if (action == null) {
            throw new IllegalArgumentException(
                    "timetable: an entry says not what to [do], needed cut, block-udp or rebind");
        }
        boolean lasts = action != Action.REBIND;
        Check.range("timetable.atMs", atMs, 0, DAY_MS);
        Check.range("timetable.forMs", forMs, lasts ? 1 : 0, lasts ? DAY_MS : 0);
    }

    /** Whether it is going on at this time. */
    boolean holds(long elapsedNs) {
        return elapsedNs >= startNs() && elapsedNs < endNs();
    }

    long startNs() {
        return atMs * Link.NS_PER_MS;
    }

    long endNs() {
        return (atMs + forMs) * Link.NS_PER_MS;
    }
}
