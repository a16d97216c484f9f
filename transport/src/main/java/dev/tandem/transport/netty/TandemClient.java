package dev.tandem.transport.netty;

import dev.tandem.transport.frame.LinkLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The device's end of the link over TCP with mutual TLS 1.3: docs/wire.md. One connection. Thread safe. */
public final class TandemClient implements AutoCloseable {
    private TandemClient() {
    }

    /** Connects, checks the edge and says hello. Throws {@link PeerException} with the reason in words. */
    public static TandemClient connect(ClientSettings settings) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Sends a question with its slices and returns at once. Words are handed to {@code words} in order on the client's event loop: do
     * not block there. What the edge's limits forbid is refused here, through the answer's future.
     */
    public Exchange ask(AskRequest request, Consumer<String> words) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Round trip of a PING. */
    public CompletableFuture<Duration> ping() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** What the edge takes. */
    public LinkLimits limits() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Bytes on the wire so far. */
    public WireBytes wireBytes() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Whether questions can be asked. */
    public boolean connected() {
        return false;
    }

    /** Cancels what is in flight, says BYE, closes and waits for its thread. Safe to call twice. */
    @Override
    public void close() {
    }
}
