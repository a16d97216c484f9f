package dev.tandem.engine;

import java.util.List;

/**
 * Whether something can be used on this machine, as a value.
 *
 * @param available
 *            true if it can be used now
 * @param reasons
 *            why not, one sentence each; where available, remarks worth showing (versions, devices), possibly none
 */
public record Availability(boolean available, List<String> reasons) {
    public Availability {
        reasons = List.copyOf(reasons);
        if (!available && reasons.isEmpty()) {
            throw new IllegalArgumentException("something unavailable needs at least one reason, found none");
        }
    }

    /** Usable, with remarks. */
    public static Availability yes(String... remarks) {
        return new Availability(true, List.of(remarks));
    }

    /** Not usable, with reasons. */
    public static Availability no(String... reasons) {
        return new Availability(false, List.of(reasons));
    }

    /** The reasons as one line. */
    public String reason() {
        return String.join("; ", reasons);
    }
}
