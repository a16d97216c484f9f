package dev.tandem.transport.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Handshakes that have begun and not ended: with many of them, in all or from one address, a stranger has to prove its
 * address first (docs/wire.md, section 6). Thread safe.
 */
public final class HandshakeLoad {
    static final int MANY = 64;
    public static final int MANY_FROM_ONE = 8;

    private final Map<InetAddress, Integer> running = new HashMap<>();
    private int total;

    synchronized void begin(SocketAddress remote) {
        total++;
        running.merge(address(remote), 1, Integer::sum);
    }

    synchronized void end(SocketAddress remote) {
        total--;
        running.computeIfPresent(address(remote), (key, count) -> count > 1 ? count - 1 : null);
    }

    synchronized boolean high(SocketAddress remote) {
        return total >= MANY || running.getOrDefault(address(remote), 0) >= MANY_FROM_ONE;
    }

    private static InetAddress address(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }
}
