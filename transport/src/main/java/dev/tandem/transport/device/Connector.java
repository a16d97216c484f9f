package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.BackOff;
import dev.tandem.transport.session.HelloCheck;
import dev.tandem.transport.session.PeerException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's link, which may be down: makes a lost connection anew after a growing, jittered pause, and holds
 * questions meanwhile. Loop only, except where said.
 */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A question that its connection could not bring is reported this long after it was asked, or the edge last heard. */
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClientSettings settings;
    private final EventLoop loop;
    private final Dialer dialer;
    private final InetSocketAddress edge;
    private final BackOff pauses = new BackOff(FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS, new SecureRandom());
    private final CompletableFuture<Void> attempt = new CompletableFuture<>();
    private final CompletableFuture<Void> hello = new CompletableFuture<>();
    private final HeldExchanges held = new HeldExchanges();
    private volatile DeviceConnection current;
    private volatile PeerException down;
    private volatile int connections;
    private boolean closed;

    /** IllegalArgumentException when the credentials cannot be used. */
    Connector(ClientSettings settings, EventLoop loop) {
        this.settings = settings;
        this.loop = loop;
        this.dialer = new Dialer(settings, loop);
        this.edge = InetSocketAddress.createUnresolved(settings.host(), settings.port());
    }

    /** Begins to connect. Any thread. */
    void start() {
        loop.execute(this::connect);
    }

    /** Completes when the first attempt has brought a connection, or with why it has not. Any thread. */
    CompletableFuture<Void> attempt() {
        return attempt;
    }

    /**
     * Completes with the first connection, or with why there will be none unless somebody changes something. Any
     * thread.
     */
    CompletableFuture<Void> hello() {
        return hello;
    }

    Dialer dialer() {
        return dialer;
    }

    /** The last connection, alive or not; null before the first. Any thread. */
    DeviceConnection current() {
        return current;
    }

    /** Why there is no connection now. Any thread. */
    PeerException down() {
        PeerException why = down;
        DeviceConnection leaving = current;
        if (why != null) {
            return why;
        }
        return leaving != null
                ? leaving.unusable()
                : new PeerException(edge, 0, ErrorCode.CONNECT_TIMEOUT, "the edge has said no hello yet", null);
    }

    /** Connections made so far. Any thread. */
    int connections() {
        return connections;
    }

    /** Takes a question; it waits where there is no connection. Any thread. */
    Exchange ask(AskRequest request, PartTaker taker) {
        DeviceExchange exchange = new DeviceExchange(loop, edge, request, taker);
        try {
            loop.execute(() -> take(exchange));
        } catch (RejectedExecutionException e) {
            exchange.end(closedByDevice());
        }
        return exchange;
    }

    private void take(DeviceExchange exchange) {
        if (closed) {
            exchange.end(closedByDevice());
        } else if (current != null && current.usable()) {
            current.exchanges().take(exchange);
        } else if (hopeless()) {
            exchange.end(down());
        } else if (!exchange.ended()) {
            held.hold(exchange, Math.min(exchange.leftNanos(), patience(exchange)), this::down);
        }
    }

    /** The edge takes an exchange no more, since it is going: the next connection may. */
    private void returned(DeviceExchange exchange, PeerException why) {
        if (settings.reconnect() && !closed) {
            held.hold(exchange, Math.min(exchange.leftNanos(), REPORT_NANOS), () -> why);
        } else {
            exchange.end(why);
        }
    }

    private long patience(DeviceExchange exchange) {
        return exchange.request().deadline().isZero() ? settings.connect().toNanos() : Long.MAX_VALUE;
    }

    /** Whether waiting for a connection is of no use: nobody makes one, or the edge has said that it wants none. */
    private boolean hopeless() {
        return !settings.reconnect() && (down != null || current != null)
                || down != null && HelloCheck.lasting(down.code());
    }

    private void connect() {
        if (!closed && !dialer.dialling() && (current == null || !current.usable())) {
            dialer.dial(this::connected, this::failed);
        }
    }

    private void failed(PeerException why) {
        if (closed) {
            return;
        }
        down = why;
        if (hopeless()) {
            hello.completeExceptionally(why);
            held.give(each -> each.end(why));
        }
        again(why);
        attempt.completeExceptionally(why);
    }

    /**
     * The edge is silent: a connection is made beside the one that may be dead, and takes its place unless that one is
     * heard again.
     */
    private void beside(DeviceConnection silent) {
        if (closed || dialer.dialling() || silent != current || !settings.reconnect()) {
            return;
        }
        LOG.info("edge [{}] is silent although something was asked: connecting anew beside it", silent.remote());
        dialer.dial(connection -> {
            if (silent.usable() && !silent.watch().doubtful()) {
                connection.close();
            } else {
                connected(connection);
            }
        }, why -> {
            if (!silent.usable()) {
                failed(why);
            }
        });
    }

    private void connected(DeviceConnection connection) {
        if (closed) {
            connection.close();
            return;
        }
        dialer.taken(connection);
        pauses.reset();
        DeviceConnection old = current;
        current = connection;
        down = null;
        connections++;
        connection.onDoubt(() -> beside(connection));
        connection.onReturn(this::returned);
        connection.ended().thenAccept(why -> ended(connection, why));
        if (old != null) {
            old.end(ErrorCode.PEER_CLOSED, "the edge was silent, and another connection took this one's place", null);
        }
        held.give(connection.exchanges()::take);
        attempt.complete(null);
        hello.complete(null);
    }

    private void ended(DeviceConnection connection, PeerException why) {
        boolean last = why.code() == ErrorCode.CLOSED || closed || !settings.reconnect();
        if (connection == current) {
            down = why;
        }
        if (last) {
            connection.orphans().forEach(each -> each.end(why));
        } else if (connection != current) {
            connection.orphans().forEach(this::take);
        } else {
            long now = System.nanoTime();
            long silent = now - connection.wire().lastReadNanos();
            connection.orphans().forEach(each -> held.hold(each, Math.min(each.leftNanos(),
                    REPORT_NANOS - Math.min(silent, each.askedForNanos(now))), () -> why));
            again(why);
        }
    }

    private void again(PeerException why) {
        if (closed || !settings.reconnect()) {
            return;
        }
        long pause = pauses.nextNanos();
        LOG.info("link to edge [{}] is down, trying again in [{}] ms: {}", settings.host(),
                TimeUnit.NANOSECONDS.toMillis(pause), why.getMessage());
        loop.schedule(this::connect, pause, TimeUnit.NANOSECONDS);
    }

    /**
     * Closes what there is and waits until every socket is closed: what a stopped loop has not done it never does. Any
     * thread but the loop's.
     */
    void close(long patienceMillis) {
        CountDownLatch gone = new CountDownLatch(1);
        try {
            loop.execute(() -> {
                closed = true;
                held.give(each -> each.end(closedByDevice()));
                dialer.cancel();
                if (current != null) {
                    current.close();
                }
                attempt.completeExceptionally(closedByDevice());
                hello.completeExceptionally(closedByDevice());
                dialer.gone().thenRun(gone::countDown);
            });
            gone.await(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event loop gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PeerException closedByDevice() {
        return new PeerException(edge, 0, ErrorCode.CLOSED, "the device closed the connection", null);
    }
}
