package dev.tandem.transport.edge;

import dev.tandem.transport.edge.OpenExchanges.Entry;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.AskCheck;
import dev.tandem.transport.session.EarlySlices;
import dev.tandem.transport.session.Gathering;
import dev.tandem.transport.session.Openings;
import dev.tandem.transport.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a device sends for its exchanges: questions, slices and second thoughts, in the order in which the link brings them. Event loop only. */
final class EdgeExchanges {
    private static final int EARLY_SLICES = 64;
    private static final int EARLY_BYTES = 256 << 10;
    private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EdgeConnection connection;
    private final Edge edge;
    private final Wire wire;
    private final OpenExchanges open;
    private final Openings openings;
    private final EarlySlices early = new EarlySlices(EARLY_SLICES, EARLY_BYTES, EARLY_NANOS);
    private final SliceReports reports;
    private long earlyDropped;

    EdgeExchanges(EdgeConnection connection, Edge edge, Wire wire) {
        this.connection = connection;
        this.edge = edge;
        this.wire = wire;
        this.open = new OpenExchanges(connection, edge, wire);
        this.openings = new Openings(edge.settings().limits().inFlight());
        this.reports = new SliceReports(connection, edge.counters());
    }

    OpenExchanges open() {
        return open;
    }

    /** An ASK of a stream. */
    void ask(Frame frame, Ask ask, boolean draining) {
        switch (openings.asked(frame.exchange())) {
            case NEW -> begin(frame, ask, draining);
            case REPEATED -> count(frame);
            case USED -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "ASK with exchange [" + frame.exchange()
                    + "], which is used up; needed a new one, the highest is " + openings.highest());
        }
    }

    /** A copy of an ASK, of a datagram: opens the exchange when it overtakes its stream. */
    private void copy(Frame frame, boolean draining) {
        if (openings.opened(frame.exchange())) {
            count(frame);
        } else if (near(frame.exchange())) {
            Ask ask = Ask.read(frame);
            if (openings.copied(frame.exchange())) {
                wire.expect(frame.exchange());
                begin(frame, ask, draining);
            }
        }
    }

    private void count(Frame frame) {
        Entry entry = open.get(frame.exchange());
        if (entry != null) {
            entry.exchange().count(frame.bytes());
        }
    }

    private void begin(Frame frame, Ask ask, boolean draining) {
        long id = frame.exchange();
        open.opened();
        LinkLimits limits = edge.settings().limits();
        Failure refusal = draining
                ? Failure.of(ErrorCode.SHUTTING_DOWN, "the edge is shutting down")
                : AskCheck.refusal(ask, ask.question().getBytes(StandardCharsets.UTF_8).length, open.size(), limits);
        if (refusal != null) {
            edge.counters().countEnd(refusal.known());
            connection.send(refusal.toFrame(id));
            open.refused(id);
            return;
        }
        Gathering gathering = new Gathering(ask.slices(), limits.exchangeBytes(), System.nanoTime(),
                TimeUnit.MILLISECONDS.toNanos(ask.decodeWaitMillis()));
        EdgeExchange exchange = new EdgeExchange(connection, id, ask, frame.bytes(), gathering);
        edge.counters().countBegin(ask.slices());
        long longest = limits.longestDeadline().toMillis();
        long millis = ask.deadlineMillis() == 0 ? longest : Math.min(ask.deadlineMillis(), longest);
        Entry entry = open.add(exchange, connection.schedule(() -> exchange.end(ErrorCode.DEADLINE_EXCEEDED,
                "no answer within the deadline of [" + millis + "] ms, [" + gathering.gathered() + "] of ["
                        + ask.slices() + "] slices were here"),
                millis));
        early.expire(System.nanoTime());
        reportDropped();
        early.take(id).forEach(each -> add(entry, new Frame(FrameType.SLICE, id, each.index(), each.payload()), true));
        open.await(entry);
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

    /** A copy of an ASK, or a slice, of a datagram: its ASK may be on its way still. */
    void datagram(Frame frame, boolean draining) {
        if (frame.type() == FrameType.ASK) {
            copy(frame, draining);
            return;
        }
        Entry entry = open.get(frame.exchange());
        if (!openings.opened(frame.exchange())) {
            if (near(frame.exchange())) {
                early.keep(frame.exchange(), frame.sequence(), frame.payload(), System.nanoTime());
                reportDropped();
            } else {
                reports.dropped();
            }
        } else if (entry == null || entry.exchange().cancelled()) {
            edge.counters().countLateFrame();
            reports.late();
        } else {
            add(entry, frame, true);
        }
    }

    /** Whether the device may have opened an exchange so far ahead. */
    private boolean near(long id) {
        return id - openings.highest() <= edge.settings().limits().inFlight();
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
        EdgeExchange exchange = entry.exchange();
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
                entry.arrived();
                open.answerIfDue(entry);
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
            entry.exchange().end(ErrorCode.CANCELLED, "the device gave up");
        }
    }

    /** The open exchange of a frame; null when it has ended and the frame is late. */
    private Entry find(long id, FrameType type) {
        if (id > openings.highest()) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + type + "] of exchange ["
                    + id + "], which was never opened; the last is " + openings.highest());
        }
        Entry entry = open.get(id);
        if (entry == null || entry.exchange().cancelled()) {
            edge.counters().countLateFrame();
            return null;
        }
        return entry;
    }
}
