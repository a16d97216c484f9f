package dev.tandem.transport.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which transport reached the edge last from which network: it starts first next time (docs/wire.md, section 8). */
public final class TransportMemory {
    /** How long the first to start is alone. */
    public static final long HEAD_START_NANOS = 300_000_000L;
    private static final long MEMORY_NANOS = 600_000_000_000L;
    private static final int NETWORKS = 64;

    private record Won(Transport transport, long atNanos) {}

    private final Map<String, Won> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Won> eldest) {
            return size() > NETWORKS;
        }
    };

    /** A connection was made. */
    public void won(String network, Transport transport, long now) {
        last.put(network, new Won(transport, now));
    }

    /** Which one starts: QUIC, unless TCP won there lately. */
    public Transport first(String network, long now) {
        Won won = last.get(network);
        return won != null && won.transport == Transport.TCP && now - won.atNanos <= MEMORY_NANOS
                ? Transport.TCP
                : Transport.QUIC;
    }
}
