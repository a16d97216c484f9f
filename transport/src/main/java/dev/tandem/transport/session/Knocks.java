package dev.tandem.transport.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may begin a handshake, before anything is spent on it: so many at once and a second from one
 * address, four times as many from all strangers together, and sixteen times as many from an address where a device has
 * shown its certificate lately. Strangers take nothing from known addresses. Not thread safe.
 */
public final class Knocks {
    /** From all strangers together, times what one has. */
    public static final int STRANGERS = 4;
    static final int KNOWN = 16;
    private static final int MOST_ADDRESSES = 8_192;

    private record Visitor(String from, boolean known) {}

    private final double each;
    private final TokenBucket strangers;
    /** Those who have knocked lately; one that is forgotten begins anew, and is bounded by what all strangers have. */
    private final Map<Visitor, TokenBucket> visitors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Visitor, TokenBucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** {@code each}: of one stranger's address, at once and a second; 1 or more. */
    public Knocks(double each, long now) {
        this.each = each;
        this.strangers = new TokenBucket(STRANGERS * each, STRANGERS * each, now);
    }

    /** Somebody knocks: whether it is heard. {@code known}: a device has shown its certificate at this address. */
    public boolean heard(String from, boolean known, long now) {
        double most = known ? KNOWN * each : each;
        TokenBucket own = visitors.computeIfAbsent(new Visitor(from, known), key -> new TokenBucket(most, most, now));
        return own.take(now) && (known || strangers.take(now));
    }
}
