package dev.tandem.transport.netty;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.CreditGrant;
import dev.tandem.transport.session.EarlySlices;
import dev.tandem.transport.session.Gathering;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The exchanges of one connection, from ASK until the answer has ended <em>and</em> the handler has let go: only then does one stop
 * counting against the limit, and its credit goes back to the device. Event loop only, except where said.
 */
final class EdgeExchanges {
    private static final int EARLY_SLICES = 64;
    private static final int EARLY_BYTES = 256 << 10;
    private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** An exchange with what must be undone when it ends. */
    private static final class Entry {
        final EdgeExchange exchange;
        ScheduledFuture<?> deadline;
        SliceWatch watch;
        Runnable task;
        boolean held;

        Entry(EdgeExchange exchange) {
            this.exchange = exchange;
        }
    }

    private final EdgeConnection connection;
    private final Edge edge;
    private final Wire wire;
    private final Map<Long, Entry> entries = new HashMap<>();
    private final EarlySlices early = new EarlySlices(EARLY_SLICES, EARLY_BYTES, EARLY_NANOS);
    private final SliceReports reports;
    private final CreditGrant credits;
    private long highest;
    private long earlyDropped;

    EdgeExchanges(EdgeConnection connection, Edge edge, Wire wire) {
        this.connection = connection;
        this.edge = edge;
        this.wire = wire;
        this.reports = new SliceReports(connection, edge.counters());
        this.credits = new CreditGrant(edge.settings().limits().inFlight());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void ask(Frame frame, Ask ask, boolean draining) {
        if (frame.exchange() <= highest) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME,
                    "ASK with exchange [" + frame.exchange() + "], needed more than the last, " + highest);
        }
        highest = frame.exchange();
        credits.opened();
        LinkLimits limits = edge.settings().limits();
        Failure refusal = draining
                ? Failure.of(ErrorCode.SHUTTING_DOWN, "the edge is shutting down")
                : AskCheck.refusal(ask, ask.question().getBytes(StandardCharsets.UTF_8).length, entries.size(), limits);
        if (refusal != null) {
            edge.counters().countEnd(refusal.known());
            connection.send(refusal.toFrame(frame.exchange()));
            wire.finish(frame.exchange());
            creditBack();
            return;
        }
        Gathering gathering = new Gathering(ask.slices(), limits.exchangeBytes(), System.nanoTime(),
                TimeUnit.MILLISECONDS.toNanos(ask.decodeWaitMillis()));
        Entry entry = new Entry(new EdgeExchange(connection, frame.exchange(), ask, frame.bytes(), gathering));
        entries.put(frame.exchange(), entry);
        edge.counters().countBegin(ask.slices());
        long longest = limits.longestDeadline().toMillis();
        long millis = ask.deadlineMillis() == 0 ? longest : Math.min(ask.deadlineMillis(), longest);
        entry.deadline = connection.schedule(() -> entry.exchange.end(ErrorCode.DEADLINE_EXCEEDED,
                "no answer within the deadline of [" + millis + "] ms, [" + gathering.gathered() + "] of ["
                        + ask.slices() + "] slices were here"),
                millis);
        early.expire(System.nanoTime());
        reportDropped();
        early.take(frame.exchange()).forEach(
                each -> add(entry, new Frame(FrameType.SLICE, frame.exchange(), each.index(), each.payload()), true));
        if (!entry.exchange.cancelled() && !gathering.begun() && !answerIfDue(entry)) {
            entry.watch = new SliceWatch(wire, entry.exchange, () -> answerIfDue(entry));
        }
    }

    /** A slice of a stream. */
    void slice(Frame frame) {
        Entry entry = find(frame.exchange(), frame.type());
        if (entry == null) {
            reports.late();
        } else {
            add(entry, frame, false);
        }
    }

    /** A slice of a datagram: its ASK may be on its way still. */
    void datagram(Frame frame) {
        Entry entry = entries.get(frame.exchange());
        if (frame.exchange() > highest) {
            boolean near = frame.exchange() - highest <= edge.settings().limits().inFlight();
            if (near) {
                early.keep(frame.exchange(), frame.sequence(), frame.payload(), System.nanoTime());
                reportDropped();
            } else {
                reports.dropped();
            }
        } else if (entry == null || entry.exchange.cancelled()) {
            edge.counters().countLateFrame();
            reports.late();
        } else {
            add(entry, frame, true);
        }
    }

    /** Early slices that were refused, or gave way to others, or grew old. */
    private void reportDropped() {
        for (; earlyDropped < early.dropped(); earlyDropped++) {
            reports.dropped();
        }
    }

    /** A datagram that could not be read. */
    void dropped() {
        reports.dropped();
    }

    private void add(Entry entry, Frame frame, boolean datagram) {
        EdgeExchange exchange = entry.exchange;
        Gathering gathering = exchange.gathering();
        if (frame.sequence() >= gathering.announced()) {
            if (datagram) {
                reports.dropped();
                return;
            }
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "SLICE [" + frame.sequence() + "] of exchange ["
                    + exchange.id() + "], which announced " + gathering.announced());
        }
        exchange.count(frame.bytes());
        switch (gathering.add(frame.sequence(), frame.payload())) {
            case KEPT -> {
                reports.received();
                if (entry.watch != null) {
                    entry.watch.arrived();
                }
                answerIfDue(entry);
            }
            case REPEATED -> reports.repeated();
            case LATE -> reports.late();
            case CONTRADICTORY -> exchange.end(ErrorCode.DUPLICATE_SLICE,
                    "slice [" + frame.sequence() + "] came twice, with other bytes the second time");
            case TOO_LARGE -> exchange.end(ErrorCode.EXCHANGE_TOO_LARGE, "slices of more than ["
                    + edge.settings().limits().exchangeBytes() + "] bytes, the edge's limit for one exchange");
        }
    }

    void cancel(long id, FrameType type) {
        Entry entry = find(id, type);
        if (entry != null) {
            entry.exchange.end(ErrorCode.CANCELLED, "the device gave up");
        }
    }

    void endAll(ErrorCode code, String reason) {
        for (Entry entry : new ArrayList<>(entries.values())) {
            entry.exchange.end(code, reason);
        }
    }

    /** The exchange has ended: stop its clocks, take it out of the queue, forget it once no handler holds it. */
    void settle(EdgeExchange exchange) {
        Entry entry = entries.get(exchange.id());
        if (entry == null) {
            return;
        }
        entry.deadline.cancel(false);
        stopWatch(entry);
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

    private void creditBack() {
        credits.ended();
        if (credits.worthTelling() && wire.active()) {
            connection.send(new Credit((int) Math.min(Integer.MAX_VALUE, credits.tell())).toFrame());
        }
    }

    /** The device may not have heard the last CREDIT. */
    void creditAgain() {
        connection.send(new Credit((int) Math.min(Integer.MAX_VALUE, credits.tell())).toFrame());
    }

    private static void stopWatch(Entry entry) {
        if (entry.watch != null) {
            entry.watch.stop();
            entry.watch = null;
        }
    }

    /** Hands the exchange to the answer pool when all slices are here or the wait is over. */
    private boolean answerIfDue(Entry entry) {
        EdgeExchange exchange = entry.exchange;
        if (exchange.gathering().begun() || exchange.cancelled() || !exchange.gathering().due(System.nanoTime())) {
            return false;
        }
        stopWatch(entry);
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

    /** The open exchange of a frame; null when it has ended and the frame is late. */
    private Entry find(long id, FrameType type) {
        if (id > highest) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + type + "] of exchange ["
                    + id + "], which was never opened; the last is " + highest);
        }
        Entry entry = entries.get(id);
        if (entry == null || entry.exchange.cancelled()) {
            edge.counters().countLateFrame();
            return null;
        }
        return entry;
    }
}
