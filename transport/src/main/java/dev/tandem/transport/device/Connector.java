package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.BackOff;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.WireBytes;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a device connected: races the transports, and makes a lost connection anew after a growing, jittered pause. */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A question that no connection brings to the edge is reported this long after the edge was heard last. */
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClientSettings settings;
    private final EventLoop loop;
    private final TlsContexts tls;
    private final TransportOrder order;
    private final LinkWins wins = new LinkWins();
    private final BackOff pauses = new BackOff(FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS, new SecureRandom());
    /** Of all attempts together: a device may try for weeks, so that none is kept. */
    private final LongAdder written = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final CompletableFuture<DeviceConnection> first = new CompletableFuture<>();
    private volatile DeviceConnection current;
    private volatile int connections;
    private final Set<CompletableFuture<Void>> open = new HashSet<>();
    private final Orphans orphans = new Orphans();
    private DialRace race;
    private boolean racing;
    private boolean closed;

    Connector(ClientSettings settings, EventLoop loop) {
        this.settings = settings;
        this.order = new TransportOrder(settings);
        this.loop = loop;
        this.tls = settings.lab() ? null : TlsContexts.device(settings.credentials());
        if (settings.lab()) {
            LOG.warn("laboratory link to [{}]: questions, features and answers travel in PLAIN TEXT, and nobody is who "
                    + "they say; never outside a laboratory", settings.host());
        }
    }

    /** Completes with the first connection, or with why there is none. */
    CompletableFuture<DeviceConnection> start() {
        loop.execute(this::connect);
        return first;
    }

    /** The last connection, alive or not; null before the first. Any thread. */
    DeviceConnection current() {
        return current;
    }

    int connections() {
        return connections;
    }

    LinkWins wins() {
        return wins;
    }

    WireBytes wireBytes() {
        return new WireBytes(written.sum(), read.sum());
    }

    private void connect() {
        if (closed || racing || current != null && current.usable()) {
            return;
        }
        race(this::connected, failure -> {
            if (first.isDone()) {
                again(failure.getMessage());
            } else {
                first.completeExceptionally(failure);
            }
        });
    }

    private void race(BiConsumer<DeviceConnection, String> won, Consumer<Throwable> lost) {
        String network = order.network();
        racing = true;
        race = new DialRace(loop, order.of(network), this::dial, wins);
        race.run().whenComplete((connection, failure) -> {
            racing = false;
            if (failure == null) {
                won.accept(connection, network);
            } else {
                lost.accept(failure);
            }
        });
    }

    /** The edge is silent: a connection is made beside the one that may be dead, and takes its place unless that one is heard again. */
    private void beside(DeviceConnection silent) {
        if (closed || racing || silent != current || !settings.reconnect()) {
            return;
        }
        LOG.info("edge [{}] is silent although something was asked: connecting anew beside it", silent.remote());
        race((connection, network) -> {
            if (silent.usable() && !silent.watch().doubtful()) {
                connection.close();
            } else {
                connected(connection, network);
            }
        }, failure -> {
            if (!silent.usable()) {
                again(failure.getMessage());
            }
        });
    }

    private Dial dial(Transport transport) {
        WireCounter counter = new WireCounter(written, read);
        return transport == Transport.QUIC
                ? new QuicDial(settings, loop, tls, counter, this::opened)
                : new TcpDial(settings, loop, tls, counter, this::opened);
    }

    private void opened(Wire wire) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        open.add(gone);
        wire.gone(() -> {
            open.remove(gone);
            gone.complete(null);
        });
    }

    private void connected(DeviceConnection connection, String network) {
        if (closed) {
            connection.close();
            return;
        }
        order.won(network, connection.wire().transport());
        pauses.reset();
        DeviceConnection old = current;
        current = connection;
        connections++;
        connection.onDoubt(() -> beside(connection));
        connection.ended().thenAccept(why -> ended(connection, why));
        if (old != null) {
            old.end(ErrorCode.PEER_CLOSED, "the edge was silent, and another connection took this one's place", null);
        }
        orphans.ask(connection);
        first.complete(connection);
    }

    private void ended(DeviceConnection connection, PeerException why) {
        Orphans.Batch batch = connection.orphans();
        if (why.code() == ErrorCode.CLOSED || closed || !settings.reconnect()) {
            batch.end();
        } else if (connection != current) {
            batch.ask(current);
        } else {
            orphans.add(batch);
            long silent = System.nanoTime() - connection.wire().lastReadNanos();
            loop.schedule(() -> orphans.giveUp(batch), Math.max(0, REPORT_NANOS - silent), TimeUnit.NANOSECONDS);
            again(why.getMessage());
        }
    }

    private void again(String why) {
        if (closed || !settings.reconnect()) {
            return;
        }
        long pause = pauses.nextNanos();
        LOG.info("link to edge [{}] is down, trying again in [{}] ms: {}", settings.host(),
                TimeUnit.NANOSECONDS.toMillis(pause), why);
        loop.schedule(this::connect, pause, TimeUnit.NANOSECONDS);
    }

    /** Closes what there is and waits until every socket is closed: what a stopped loop has not done it never does. Any thread but the loop's. */
    void close(long patienceMillis) {
        CountDownLatch gone = new CountDownLatch(1);
        try {
            loop.execute(() -> {
                closed = true;
                if (race != null) {
                    race.cancel();
                }
                orphans.giveUpAll();
                if (current != null) {
                    current.close();
                }
                CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).thenRun(gone::countDown);
            });
            gone.await(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event loop gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back the TLS contexts, once the loop has stopped. */
    void release() {
        if (tls != null) {
            tls.close();
        }
    }
}
