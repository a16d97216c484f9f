package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.CreditGrant;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The exchanges of one connection that are not over: until the answer has ended <em>and</em> the handler has let go. Only then does one
 * stop counting against the limit, and its credit goes back to the device. Event loop only.
 */
final class OpenExchanges {
    /** An exchange with what must be undone when it ends. */
    static final class Entry {
        private final EdgeExchange exchange;
        private final ScheduledFuture<?> deadline;
        private SliceWatch watch;
        private Runnable task;
        private boolean held;

        private Entry(EdgeExchange exchange, ScheduledFuture<?> deadline) {
            this.exchange = exchange;
            this.deadline = deadline;
        }

        EdgeExchange exchange() {
            return exchange;
        }

        /** A slice has come: the device need not be told yet what is missing. */
        void arrived() {
            if (watch != null) {
                watch.arrived();
            }
        }

        private void stopWatch() {
            if (watch != null) {
                watch.stop();
                watch = null;
            }
        }
    }

    private final EdgeConnection connection;
    private final Edge edge;
    private final Wire wire;
    private final Map<Long, Entry> entries = new HashMap<>();
    private final CreditGrant credits;

    OpenExchanges(EdgeConnection connection, Edge edge, Wire wire) {
        this.connection = connection;
        this.edge = edge;
        this.wire = wire;
        this.credits = new CreditGrant(edge.settings().limits().inFlight());
    }

    int size() {
        return entries.size();
    }

    /** Null when it is over. */
    Entry get(long id) {
        return entries.get(id);
    }

    /** The device has used a credit; {@link #add} or {@link #refused} follows. */
    void opened() {
        credits.opened();
    }

    Entry add(EdgeExchange exchange, ScheduledFuture<?> deadline) {
        Entry entry = new Entry(exchange, deadline);
        entries.put(exchange.id(), entry);
        return entry;
    }

    /** One was refused before it was added. */
    void refused(long id) {
        wire.finish(id);
        creditBack();
    }

    /** Begins the answer when it is due, and waits until then. */
    void await(Entry entry) {
        EdgeExchange exchange = entry.exchange;
        if (!exchange.cancelled() && !exchange.gathering().begun() && !answerIfDue(entry)) {
            entry.watch = new SliceWatch(wire, exchange, () -> answerIfDue(entry));
        }
    }

    /** Hands the exchange to the answer pool when all slices are here or the wait is over. */
    boolean answerIfDue(Entry entry) {
        EdgeExchange exchange = entry.exchange;
        if (exchange.gathering().begun() || exchange.cancelled() || !exchange.gathering().due(System.nanoTime())) {
            return false;
        }
        entry.stopWatch();
        exchange.begin();
        edge.counters().countUsed(exchange.slices().size());
        entry.held = true;
        entry.task = edge.answers().submit(exchange, () -> connection.onLoop(() -> {
            entry.held = false;
            settle(exchange);
        }));
        if (entry.task == null) {
            entry.held = false;
            exchange.end(ErrorCode.SHUTTING_DOWN, "the edge is shutting down");
        }
        return true;
    }

    /** The exchange has ended: stop its clocks, take it out of the queue, forget it once no handler holds it. */
    void settle(EdgeExchange exchange) {
        Entry entry = entries.get(exchange.id());
        if (entry == null) {
            return;
        }
        entry.deadline.cancel(false);
        entry.stopWatch();
        if (entry.held && edge.answers().withdraw(entry.task)) {
            entry.held = false;
        }
        if (!entry.held) {
            entries.remove(exchange.id());
            wire.finish(exchange.id());
            creditBack();
            connection.closeIfDrained();
        }
    }

    void endAll(ErrorCode code, String reason) {
        for (Entry entry : new ArrayList<>(entries.values())) {
            entry.exchange.end(code, reason);
        }
    }

    private void creditBack() {
        credits.ended();
        if (credits.worthTelling() && wire.active()) {
            tellCredit();
        }
    }

    /** Tells the device its credit; it may not have heard the last one. */
    void tellCredit() {
        connection.send(new Credit((int) Math.min(Integer.MAX_VALUE, credits.tell())).toFrame());
    }
}
