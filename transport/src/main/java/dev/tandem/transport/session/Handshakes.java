package dev.tandem.transport.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handshakes that have begun and not ended, by the address that they come from: so many from one, so many in all, and
 * as many again for addresses where a device has shown its certificate lately, so that strangers take no place of
 * theirs. Where all are taken the one that has said nothing for longest gives way, then the one that has had its time;
 * else the newcomer is not taken. Not thread safe.
 *
 * @param <H> what stands for a handshake; equal only to itself
 */
public final class Handshakes<H> {
    private static final int MOST_KNOWN = 8_192;
    private static final long KNOWN_NANOS = 600_000_000_000L;

    private static final class Entry {
        private final String from;
        private final boolean known;
        private final long begunNanos;
        private boolean spoken;

        Entry(String from, boolean known, long begunNanos) {
            this.from = from;
            this.known = known;
            this.begunNanos = begunNanos;
        }
    }

    private final int most;
    private final int mostFromOne;
    private final long fairNanos;
    /** Oldest first. */
    private final Map<H, Entry> running = new LinkedHashMap<>();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private final Map<String, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private int strangers;

    /**
     * @param most of strangers, and of known addresses, in all
     * @param mostFromOne from one address
     * @param fairNanos time that one which has said something has before it gives way
     */
    public Handshakes(int most, int mostFromOne, long fairNanos) {
        this.most = most;
        this.mostFromOne = mostFromOne;
        this.fairNanos = fairNanos;
    }

    /**
     * One begins. Who gives way for it has been taken off; where that is itself, it was not taken.
     *
     * @return who is to be closed; empty where there was room
     */
    public Optional<H> begin(H one, String from, long now) {
        boolean isKnown = known(from, now);
        boolean fullFromOne = running(from) >= mostFromOne;
        H yields = null;
        if (fullFromOne || (isKnown ? running.size() - strangers : strangers) >= most) {
            yields = yielding(fullFromOne ? from : null, isKnown, now);
            if (yields == null) {
                return Optional.of(one);
            }
            end(yields);
        }
        running.put(one, new Entry(from, isKnown, now));
        perAddress.merge(from, 1, Integer::sum);
        strangers += isKnown ? 0 : 1;
        return Optional.ofNullable(yields);
    }

    /** {@code from}: only of this address; null: of any that has as many as the busiest, known or not as said. */
    private H yielding(String from, boolean isKnown, long now) {
        int busiest = from == null
                ? running.values().stream().filter(each -> each.known == isKnown)
                        .mapToInt(each -> running(each.from)).max().orElse(0)
                : 0;
        H spoken = null;
        for (Map.Entry<H, Entry> each : running.entrySet()) {
            Entry entry = each.getValue();
            if (from == null ? entry.known != isKnown || running(entry.from) < busiest : !entry.from.equals(from)) {
                continue;
            }
            if (!entry.spoken) {
                return each.getKey();
            }
            if (spoken == null && now - entry.begunNanos >= fairNanos) {
                spoken = each.getKey();
            }
        }
        return spoken;
    }

    /** It has sent something. */
    public void spoke(H one) {
        Entry entry = running.get(one);
        if (entry != null) {
            entry.spoken = true;
        }
    }

    /** It has ended, well or not; false when it was not running. */
    public boolean end(H one) {
        Entry entry = running.remove(one);
        if (entry == null) {
            return false;
        }
        perAddress.computeIfPresent(entry.from, (key, count) -> count > 1 ? count - 1 : null);
        strangers -= entry.known ? 0 : 1;
        return true;
    }

    /** A device at this address has shown a certificate that is trusted. */
    public void proved(String from, long now) {
        known.put(from, now);
    }

    /** Whether one has lately. */
    public boolean known(String from, long now) {
        Long since = known.get(from);
        return since != null && now - since <= KNOWN_NANOS;
    }

    /** Running in all. */
    public int running() {
        return running.size();
    }

    /** Running from one address. */
    public int running(String from) {
        return perAddress.getOrDefault(from, 0);
    }

    /** Takes all off that run, for whoever closes them. */
    public List<H> endAll() {
        List<H> all = List.copyOf(running.keySet());
        all.forEach(this::end);
        return all;
    }
}
