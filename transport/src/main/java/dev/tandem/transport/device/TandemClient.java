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

/**
 * The device's end of the link: QUIC, or TCP where UDP is blocked, with mutual TLS 1.3 (docs/wire.md). One connection
 * at a time, made anew when it is lost; one event loop. Thread safe. The one who opens or connects it closes it.
 */
public final class TandemClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2_000;
    private static final LinkState UNKNOWN = new LinkState(0, 0, 0, 0, 0, "none");

    private final DeviceLoops own;
    private final Connector connector;
    private final ClientSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** {@code own} is closed with the client; null when the loop is shared. */
    private TandemClient(ClientSettings settings, Connector connector, DeviceLoops own) {
        this.settings = settings;
        this.connector = connector;
        this.own = own;
        connector.start();
    }

    /**
     * Returns at once and connects in the background, again and again until an edge says hello.
     * IllegalArgumentException when the credentials cannot be used.
     */
    public static TandemClient open(ClientSettings settings) {
        DeviceLoops own = DeviceLoops.of(1);
        try {
            return new TandemClient(settings, new Connector(settings, own.next()), own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** The same, on loops that others use too. */
    public static TandemClient open(ClientSettings settings, DeviceLoops shared) {
        return new TandemClient(settings, new Connector(settings, shared.next()), null);
    }

    /**
     * Opens and waits for the first attempt's hello. Throws {@link PeerException} with the reason in words when it
     * brings none.
     */
    public static TandemClient connect(ClientSettings settings) {
        return connected(open(settings));
    }

    /** The same, on loops that others use too. */
    public static TandemClient connect(ClientSettings settings, DeviceLoops shared) {
        return connected(open(settings, shared));
    }

    private static TandemClient connected(TandemClient client) {
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
            connector.attempt().get(millis, TimeUnit.MILLISECONDS);
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
     * Completes on the client's event loop with the first hello of an edge; with a {@link PeerException} when an edge
     * refuses this device for good, when an attempt fails and none follows, or when the client is closed before.
     */
    public CompletableFuture<Void> hello() {
        return connector.hello().copy();
    }

    /**
     * Sends a task with its slices and returns at once. What the edge's limits forbid is refused here. While the link
     * is down the question waits: until its deadline, or where it names none for the time of {@link
     * ClientSettings#connect}; then it ends with the link's last reason. It ends with it at once when the edge has
     * refused this device for good. IllegalArgumentException for slices without an operating point.
     */
    public Exchange ask(AskRequest request, PartTaker parts) {
        request.requireComplete();
        return connector.ask(request, parts);
    }

    /** Round trip of a PING. */
    public CompletableFuture<Duration> ping() {
        DeviceConnection now = connector.current();
        return now == null ? CompletableFuture.failedFuture(connector.down()) : now.ping();
    }

    /** What the edge takes; before the first hello what an edge takes by default. */
    public LinkLimits limits() {
        DeviceConnection now = connector.current();
        return now == null ? LinkLimits.defaults() : now.limits();
    }

    /** What is known of the link now, nothing before the first hello; for whoever chooses the operating point. */
    public LinkState link() {
        DeviceConnection now = connector.current();
        return now == null ? UNKNOWN : now.watch().state();
    }

    /** What the edge said last about the slices of this connection. */
    public LinkReport report() {
        DeviceConnection now = connector.current();
        return now == null ? LinkReport.NONE : now.watch().report();
    }

    /** What carries the connection now; null before the first hello. */
    public Transport transport() {
        DeviceConnection now = connector.current();
        return now == null ? null : now.wire().transport();
    }

    /** Which transport carried the connections so far, and why. */
    public LinkWins wins() {
        return connector.dialer().wins();
    }

    /** Connections made so far, the first included. */
    public int connections() {
        return connector.connections();
    }

    /**
     * Bytes on the wire so far, of all connections and attempts: next to the sockets, IP and UDP or TCP headers not
     * included.
     */
    public WireBytes wireBytes() {
        return connector.dialer().wireBytes();
    }

    /** Whether a question would be sent now. */
    public boolean connected() {
        DeviceConnection now = connector.current();
        return now != null && now.usable();
    }

    /**
     * Cancels what is in flight, says BYE, closes and waits for its thread. Safe to call twice; not from the parts'
     * taker.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        connector.close(PATIENCE_MILLIS);
        if (own != null) {
            own.close();
        }
        connector.dialer().release();
    }
}
