package dev.tandem.edge.serve;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The readings used last, so that a further task on a picture needs no second look; a device that has many makes room
 * first. Closes those it drops. On the model thread.
 */
final class Readings implements AutoCloseable {
    private final Map<Seen.Key, Seen> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final long bytes;

    /** Room for {@code most} that hold {@code bytes} together; the one in use stays, whatever it holds. */
    Readings(int most, long bytes) {
        this.most = most;
        this.bytes = bytes;
    }

    /** The reading, or null; it is the one used last now. */
    Seen find(Seen.Key key) {
        return kept.get(key);
    }

    /** Makes room for so many more, the first of them of this key; called before their memory is taken. */
    void makeRoom(Seen.Key next, int count) {
        while (!kept.isEmpty() && kept.size() + count > most) {
            drop(next.device());
        }
    }

    /** Keeps it, at the cost of the others. */
    void keep(Seen.Key key, Seen seen) {
        kept.put(key, seen);
        while (kept.size() > 1 && bytes() > bytes) {
            drop(null);
        }
    }

    long bytes() {
        return kept.values().stream().mapToLong(seen -> seen.reading().bytes()).sum();
    }

    int size() {
        return kept.size();
    }

    /** The oldest of the device that has most, what comes next counted: who sends many pictures forgets its own. */
    private void drop(String next) {
        Map<String, Integer> counts = new HashMap<>();
        if (next != null) {
            counts.put(next, 1);
        }
        kept.keySet().forEach(key -> counts.merge(key.device(), 1, Integer::sum));
        int largest = Collections.max(counts.values());
        Iterator<Map.Entry<Seen.Key, Seen>> each = kept.entrySet().iterator();
        Map.Entry<Seen.Key, Seen> oldest = each.next();
        while (counts.get(oldest.getKey().device()) < largest) {
            oldest = each.next();
        }
        oldest.getValue().close();
        each.remove();
    }

    @Override
    public void close() {
        kept.values().forEach(Seen::close);
        kept.clear();
    }
}
