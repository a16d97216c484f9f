package dev.tandem.edge.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What waits, in a queue a device. The turn is that of the device whose last one is longest ago: one that brings much
 * waits for itself and not the others for it, and who asks now and then waits for what is being done only. Not thread
 * safe.
 */
final class Turns<T> {
    /** Beyond so many devices, those whose turn is longest ago count as new. */
    private static final int MOST_KNOWN = 4096;

    /** In the order in which they came; never an empty queue. */
    private final Map<String, Deque<T>> queues = new LinkedHashMap<>();
    /** When each device had its last turn, in turns; the oldest first. */
    private final LinkedHashMap<String, Long> last = new LinkedHashMap<>();
    private long turns;
    private int size;

    int size() {
        return size;
    }

    /** How many one device has. */
    int size(String device) {
        Deque<T> queue = queues.get(device);
        return queue == null ? 0 : queue.size();
    }

    /** Behind what its device has. */
    void add(String device, T what) {
        queues.computeIfAbsent(device, name -> new ArrayDeque<>()).add(what);
        size++;
    }

    /** The oldest of the device whose turn it is; null where there is nothing. */
    T next() {
        String device = null;
        long longest = Long.MAX_VALUE;
        for (String each : queues.keySet()) {
            long turn = last.getOrDefault(each, -1L);
            if (turn < longest) {
                device = each;
                longest = turn;
            }
        }
        if (device == null) {
            return null;
        }
        last.remove(device);
        last.put(device, turns++);
        if (last.size() > MOST_KNOWN) {
            last.pollFirstEntry();
        }
        return take(device, queues.get(device).pollFirst());
    }

    /** Takes out the newest of the device that has most; of several, of the one named where it is among them. */
    T dropNewest(String device) {
        String longest = device;
        for (Map.Entry<String, Deque<T>> each : queues.entrySet()) {
            longest = each.getValue().size() > size(longest) ? each.getKey() : longest;
        }
        return take(longest, queues.get(longest).pollLast());
    }

    private T take(String device, T what) {
        size--;
        if (queues.get(device).isEmpty()) {
            queues.remove(device);
        }
        return what;
    }

    /** The oldest of each device; nothing is taken out. */
    List<T> firsts() {
        return queues.values().stream().map(Deque::peekFirst).toList();
    }

    /** Takes out all that fit. */
    void removeIf(Predicate<T> gone) {
        queues.values().forEach(queue -> queue.removeIf(gone));
        queues.values().removeIf(Collection::isEmpty);
        size = queues.values().stream().mapToInt(Collection::size).sum();
    }

    /** Takes out all. */
    List<T> clear() {
        List<T> all = new ArrayList<>();
        queues.values().forEach(all::addAll);
        queues.clear();
        size = 0;
        return all;
    }
}
