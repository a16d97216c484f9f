package dev.tandem.edge.serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The readings used last, so that a further task on a picture needs no second look. Closes those it drops. On the model
 * thread.
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

    /** Makes room for one more; called before its memory is taken. */
    void makeRoom() {
        while (kept.size() >= most) {
            dropOldest();
        }
    }

    /** Keeps it, at the cost of the others. */
    void keep(Seen.Key key, Seen seen) {
        kept.put(key, seen);
        while (kept.size() > 1 && bytes() > bytes) {
            dropOldest();
        }
    }

    long bytes() {
        return kept.values().stream().mapToLong(seen -> seen.reading().bytes()).sum();
    }

    int size() {
        return kept.size();
    }

    private void dropOldest() {
        Iterator<Seen> oldest = kept.values().iterator();
        oldest.next().close();
        oldest.remove();
    }

    @Override
    public void close() {
        kept.values().forEach(Seen::close);
        kept.clear();
    }
}
