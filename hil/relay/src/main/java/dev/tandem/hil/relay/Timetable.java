package dev.tandem.hil.relay;

import dev.tandem.hil.relay.TimetableEntry.Action;
import java.util.List;
import java.util.stream.LongStream;

/** What a profile's timetable says for a time, in nanoseconds since the profile began to hold. Immutable. */
record Timetable(List<TimetableEntry> entries) {

    /** Whether the link is cut. */
    boolean cut(long elapsedNs) {
        return holds(Action.CUT, elapsedNs);
    }

    /** Whether UDP is blocked. */
    boolean udpBlocked(long elapsedNs) {
        return holds(Action.BLOCK_UDP, elapsedNs);
    }

    /** How many address changes there were so far. */
    int rebinds(long elapsedNs) {
        return (int) entries.stream().filter(each -> each.action() == Action.REBIND && each.startNs() <= elapsedNs)
                .count();
    }

    /** When something begins or ends next, after {@code elapsedNs}; {@link Link#NEVER} when nothing does. */
    long nextChangeNs(long elapsedNs) {
        return entries.stream().flatMapToLong(each -> LongStream.of(each.startNs(), each.endNs()))
                .filter(at -> at > elapsedNs)
                .min().orElse(Link.NEVER);
    }

    private boolean holds(Action action, long elapsedNs) {
        return entries.stream().anyMatch(each -> each.action() == action && each.holds(elapsedNs));
    }
}
