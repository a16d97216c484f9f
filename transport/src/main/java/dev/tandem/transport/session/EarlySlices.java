package dev.tandem.transport.session;

import dev.tandem.transport.frame.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Slices whose datagrams have overtaken their ASK: kept for a while, within bounds, the oldest given up first. */
public final class EarlySlices {
    private record Kept(long exchange, Slice slice, long arrivedNanos) {}

    private final int maxSlices;
    private final long maxBytes;
    private final long maxAgeNanos;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    public EarlySlices(int maxSlices, long maxBytes, long maxAgeNanos) {
        this.maxSlices = maxSlices;
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAgeNanos;
    }

    /** Whether this slice was kept; older ones make room for it. */
    public boolean keep(long exchange, Slice slice, long now) {
        expire(now);
        if (slice.bytes().length > maxBytes || maxSlices == 0) {
            dropped++;
            return false;
        }
        while (kept.size() >= maxSlices || bytes + slice.bytes().length > maxBytes) {
            drop(kept.removeFirst());
        }
        kept.addLast(new Kept(exchange, slice, now));
        bytes += slice.bytes().length;
        return true;
    }

    /** Hands over what has come for an exchange, in the order it came. */
    public List<Slice> take(long exchange) {
        List<Slice> taken = new ArrayList<>();
        for (Iterator<Kept> each = kept.iterator(); each.hasNext();) {
            Kept one = each.next();
            if (one.exchange == exchange) {
                each.remove();
                bytes -= one.slice.bytes().length;
                taken.add(one.slice);
            }
        }
        return taken;
    }

    /** Nobody wants them any more. */
    public void clear() {
        kept.clear();
        bytes = 0;
    }

    /** Gives up those that are too old; how many. */
    public int expire(long now) {
        int count = 0;
        while (!kept.isEmpty() && now - kept.peekFirst().arrivedNanos > maxAgeNanos) {
            drop(kept.removeFirst());
            count++;
        }
        return count;
    }

    private void drop(Kept one) {
        bytes -= one.slice.bytes().length;
        dropped++;
    }

    public int size() {
        return kept.size();
    }

    public long bytes() {
        return bytes;
    }

    /** Given up so far. */
    public long dropped() {
        return dropped;
    }
}
