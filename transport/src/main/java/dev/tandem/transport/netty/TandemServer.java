package dev.tandem.transport.netty;

import java.net.InetSocketAddress;

/** The edge's end of the link over TCP with mutual TLS 1.3: docs/wire.md. Thread safe. */
public final class TandemServer implements AutoCloseable {
    private TandemServer() {
    }

    /**
     * Listens. Throws {@link PeerException} when the address cannot be bound, IllegalArgumentException for bad credentials.
     */
    public static TandemServer start(ServerSettings settings, ExchangeHandler handler) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Takes no new exchange, says BYE, waits for exchanges in flight up to the drain time, ends the rest with SHUTTING_DOWN, closes
     * and waits for its threads. Safe to call twice.
     */
    @Override
    public void close() {
    }
}
