package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.WireBytes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The device's end of the link: QUIC, or TCP where UDP is blocked, with mutual TLS 1.3 (docs/wire.md). One connection at a time, made anew
 * when it is lost; one event loop. Thread safe. The one who connects it closes it.
 */
public final class TandemClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2_000;

    private final DeviceLoops own;
    private final Connector connector;
    private final ClientSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** {@code own} is closed with the client; null when the loop is shared. */
    private TandemClient(ClientSettings settings, Connector connector, DeviceLoops own) {
        this.settings = settings;
        this.connector = connector;
        this.own = own;
    }

    /**
     * Connects, checks the edge and says hello. Throws {@link PeerException} with the reason in words, IllegalArgumentException when
     * the credentials cannot be used.
     */
    public static TandemClient connect(ClientSettings settings) {
        DeviceLoops own = DeviceLoops.of(1);
        try {
            return open(new TandemClient(settings, new Connector(settings, own.next()), own));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** The same, on loops that others use too. */
    public static TandemClient connect(ClientSettings settings, DeviceLoops shared) {
        return open(new TandemClient(settings, new Connector(settings, shared.next()), null));
    }

    private static TandemClient open(TandemClient client) {
        try {
            client.awaitHello();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void awaitHello() {
        long millis = settings.connect().toMillis() * 3 + PATIENCE_MILLIS; // each attempt keeps to its own time
        InetSocketAddress edge = InetSocketAddress.createUnresolved(settings.host(), settings.port());
        try {
            connector.start().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (PeerException) e.getCause();
        } catch (TimeoutException e) {
            throw new PeerException(edge, 0, ErrorCode.CONNECT_TIMEOUT, "no hello within [" + millis + "] ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(edge, 0, ErrorCode.CLOSED, "interrupted while connecting", e);
        }
    }

    /**
     * Sends a question with its slices and returns at once. Words are handed to {@code words} in order on the client's event loop: do
     * not block there. What the edge's limits forbid is refused here, and while the link is down so is everything, through the answer's
     * future.
     */
    public Exchange ask(AskRequest request, Consumer<String> words) {
        return connector.current().exchanges().ask(request, words);
    }

    /** Round trip of a PING. */
    public CompletableFuture<Duration> ping() {
        return connector.current().ping();
    }

    /** What the edge takes. */
    public LinkLimits limits() {
        return connector.current().limits();
    }

    /** What is known of the link now; for whoever chooses the operating point. */
    public LinkState link() {
        return connector.current().watch().state();
    }

    /** What the edge said last about the slices of this connection. */
    public LinkReport report() {
        return connector.current().watch().report();
    }

    /** What carries the connection now. */
    public Transport transport() {
        return connector.current().wire().transport();
    }

    /** Which transport carried the connections so far, and why. */
    public LinkWins wins() {
        return connector.wins();
    }

    /** Connections made so far, the first included. */
    public int connections() {
        return connector.connections();
    }

    /** Bytes on the wire so far, of all connections and attempts: next to the sockets, IP and UDP or TCP headers not included. */
    public WireBytes wireBytes() {
        return connector.wireBytes();
    }

    /** Whether questions can be asked. */
    public boolean connected() {
        return connector.current() != null && connector.current().usable();
    }

    /** Cancels what is in flight, says BYE, closes and waits for its thread. Safe to call twice; not from the words' taker. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        connector.close(PATIENCE_MILLIS);
        if (own != null) {
            own.close();
        }
        connector.release();
    }
}
