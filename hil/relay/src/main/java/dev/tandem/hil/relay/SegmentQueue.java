package dev.tandem.hil.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Segments of one direction of one connection, which are handed out in order: a late one holds up those behind it. One
 * thread.
 */
final class SegmentQueue<T> {
    private final Queue<Segment<T>> queue = new ArrayDeque<>();
    private final List<Segment<T>> missing = new ArrayList<>();
    private long bytes;

    void add(Segment<T> segment) {
        missing.forEach(each -> each.followedBy(segment));
        queue.add(segment);
        bytes += segment.bytes();
        if (segment.lost()) {
            missing.add(segment);
        }
    }

    /** The next segment if it is there, or null. While the link is cut nothing arrives. */
    Segment<T> take(long nowNs, boolean cut) {
        Segment<T> head = queue.peek();
        if (head == null || head.dueNs() > nowNs) {
            return null;
        }
        if (cut) {
            while (head.dueNs() <= nowNs) {
                head.fail();
            }
            return null;
        }
        return remove();
    }

    /** The next segment, there or not; null when there is none. */
    Segment<T> remove() {
        Segment<T> head = queue.poll();
        if (head != null) {
            bytes -= head.bytes();
            missing.remove(head);
        }
        return head;
    }

    /** When {@link #take} may give something, or {@link Link#NEVER}. */
    long nextNs() {
        return queue.isEmpty() ? Link.NEVER : queue.peek().dueNs();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Payload that is on its way. */
    long bytes() {
        return bytes;
    }
}
