package dev.tandem.edge.serve;

import java.util.List;
import java.util.Objects;

/**
 * What waits for the model, and whose turn it is: the one place of that policy. A queue a device, in turns; when there
 * is no room, the newest of the longest queue goes, so that who asks too much is refused and nobody else. Not thread
 * safe.
 */
final class Waiting {
    private final int limit;
    private final Turns<Work> turns = new Turns<>();

    /** Room for {@code limit}, at least 1. */
    Waiting(int limit) {
        this.limit = limit;
    }

    /** Takes work in; gives what has to go for it, which may be the work itself, or null. */
    Work add(Work work) {
        if (turns.size() >= limit) {
            turns.removeIf(Work::cancelled);
        }
        turns.add(work.device(), work);
        return turns.size() > limit ? turns.dropNewest(work.device()) : null;
    }

    /** The next that somebody still waits for, or null. */
    Work next() {
        Work work = turns.next();
        while (work != null && work.cancelled()) {
            work = turns.next();
        }
        return work;
    }

    /** Of each device the next, where it may be read before its turn; nothing is taken out. */
    List<Request> readable() {
        return turns.firsts().stream().map(work -> work instanceof ReadableWork first ? first.readable() : null)
                .filter(Objects::nonNull).toList();
    }

    /** Takes out what has ended. */
    void remove(Work work) {
        turns.removeIf(waits -> waits == work);
    }

    /** Takes out all. */
    List<Work> clear() {
        return turns.clear();
    }

    int size() {
        return turns.size();
    }

    /** How many of one device wait. */
    int size(String device) {
        return turns.size(device);
    }

    int limit() {
        return limit;
    }
}
