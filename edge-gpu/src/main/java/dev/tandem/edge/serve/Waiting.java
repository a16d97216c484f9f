package dev.tandem.edge.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits for the model, and whose turn it is: the one place of that policy. First come, first served; when there is
 * no room, the one that has waited longest goes, since nobody looks at its picture any more. Not thread safe.
 */
final class Waiting {
    private final int limit;
    private final Deque<Work> queue = new ArrayDeque<>();

    /** Room for {@code limit}, at least 1. */
    Waiting(int limit) {
        this.limit = limit;
    }

    /** Takes work in; gives what has to go for it, or null. */
    Work add(Work work) {
        if (queue.size() >= limit) {
            queue.removeIf(Work::cancelled);
        }
        Work dropped = queue.size() >= limit ? queue.poll() : null;
        queue.add(work);
        return dropped;
    }

    /** The next that somebody still waits for, or null. */
    Work next() {
        Work work = queue.poll();
        while (work != null && work.cancelled()) {
            work = queue.poll();
        }
        return work;
    }

    /** Takes out what has ended. */
    void remove(Work work) {
        queue.remove(work);
    }

    /** Takes out all. */
    List<Work> clear() {
        List<Work> left = new ArrayList<>(queue);
        queue.clear();
        return left;
    }

    int size() {
        return queue.size();
    }

    int limit() {
        return limit;
    }
}
