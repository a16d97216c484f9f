package dev.tandem.transport.edge;

import dev.tandem.transport.tls.TlsContexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all connections of one server share. Thread safe. {@code tls} is null in a laboratory only. */
record Edge(ServerSettings settings, TlsContexts tls, ExchangeHandler handler, LinkListener listener,
        LinkCounters counters, Set<EdgeConnection> connections, Map<InetAddress, Integer> perAddress,
        AtomicBoolean closing) {

    Edge(ServerSettings settings, TlsContexts tls, ExchangeHandler handler, LinkListener listener) {
        this(settings, tls, handler, listener, new LinkCounters(), ConcurrentHashMap.newKeySet(),
                new ConcurrentHashMap<>(),
                new AtomicBoolean());
    }

    /** Takes a place for a connection from this address; false when the edge or the address has no more. */
    boolean admit(SocketAddress remote) {
        if (closing.get() || connections.size() >= settings.connections()) {
            return false;
        }
        InetAddress address = address(remote);
        return address == null
                || perAddress.merge(address, 1, Integer::sum) <= settings.connectionsPerAddress()
                || !leave(remote);
    }

    /** Gives the place back; true for the convenience of {@link #admit}. */
    boolean leave(SocketAddress remote) {
        InetAddress address = address(remote);
        if (address != null) {
            perAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        }
        return true;
    }

    private static InetAddress address(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
