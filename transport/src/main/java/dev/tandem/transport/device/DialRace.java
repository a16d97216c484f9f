package dev.tandem.transport.device;

import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportMemory;
import io.netty.channel.EventLoop;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches the edge over the first transport that says hello: the preferred one starts, the other 300 ms later or when
 * the first has failed (docs/wire.md, section 8). Loop only.
 */
final class DialRace {
    private static final Logger LOG = LoggerFactory.getLogger(DialRace.class);

    private final EventLoop loop;
    private final List<Transport> order;
    private final Function<Transport, Dial> dialer;
    private final LinkWins wins;
    private final CompletableFuture<DeviceConnection> winner = new CompletableFuture<>();
    private final List<Dial> running = new ArrayList<>();
    private final long begunNanos = System.nanoTime();
    private PeerException firstFailure;
    private int started;
    private int failed;

    DialRace(EventLoop loop, List<Transport> order, Function<Transport, Dial> dialer,
            LinkWins wins) {
        this.wins = wins;
        this.loop = loop;
        this.order = order;
        this.dialer = dialer;
    }

    /** Completes with the winner, or with the reason of the first when all have failed, the others' added. */
    CompletableFuture<DeviceConnection> run() {
        next();
        if (order.size() > 1) {
            loop.schedule(this::next, TransportMemory.HEAD_START_NANOS, TimeUnit.NANOSECONDS);
        }
        return winner;
    }

    /** Gives up: what runs is closed. */
    void cancel() {
        started = order.size();
        winner.cancel(false);
        List.copyOf(running).forEach(Dial::abandon); // one that ends takes itself off the list
    }

    private void next() {
        if (started == order.size() || winner.isDone()) {
            return;
        }
        Dial dial = dialer.apply(order.get(started++));
        running.add(dial);
        dial.start().whenComplete((connection, failure) -> ended(dial, connection, failure));
    }

    private void ended(Dial dial, DeviceConnection connection, Throwable failure) {
        running.remove(dial);
        if (failure != null) {
            lost(dial, (PeerException) failure);
        } else if (winner.complete(connection)) {
            LinkWins.Why why = why();
            wins.count(dial.transport(), why);
            LOG.info("edge [{}] reached over {} in [{}] ms: {}{}", connection.remote(), dial.transport(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos), why,
                    firstFailure == null ? "" : "; the other failed: " + firstFailure.getMessage());
            List.copyOf(running).forEach(Dial::abandon);
        } else {
            dial.abandon();
        }
    }

    private LinkWins.Why why() {
        if (order.size() == 1) {
            return LinkWins.Why.ALONE;
        }
        if (firstFailure != null) {
            return LinkWins.Why.OTHER_FAILED;
        }
        return started == 1 ? LinkWins.Why.AHEAD : LinkWins.Why.QUICKER;
    }

    private void lost(Dial dial, PeerException failure) {
        failed++;
        if (!winner.isDone()) {
            LOG.debug("edge not reached over {}: {}", dial.transport(), failure.getMessage());
        }
        if (firstFailure == null) {
            firstFailure = failure;
        } else {
            firstFailure.addSuppressed(failure);
        }
        if (!vague(failure) || failed == order.size()) { // an edge that was found and said no says it over both
            winner.completeExceptionally(vague(failure) ? firstFailure : failure);
            List.copyOf(running).forEach(Dial::abandon);
        } else {
            next();
        }
    }

    /** A failure that says nothing about the edge itself: it may be reached the other way. */
    private static boolean vague(PeerException failure) {
        return switch (failure.code()) {
            case null -> true;
            case UNREACHABLE -> Causes.find(failure, UnknownHostException.class) == null; // the name is, to both
            case CONNECT_TIMEOUT, TLS_FAILED, PEER_CLOSED -> true;
            default -> false;
        };
    }
}
