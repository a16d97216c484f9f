package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.session.AskCheck;
import dev.tandem.transport.session.CreditGrant;
import dev.tandem.transport.session.EarlySlices;
import dev.tandem.transport.session.Openings;
import dev.tandem.transport.wire.ByteShare;
import dev.tandem.transport.wire.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The table of one connection's exchanges: brings each frame to the exchange that it is for, opens them, and gives
 * credit back as they end. Event loop only.
 */
final class EdgeExchanges {
    /** What an exchange takes besides its frames. */
    private static final int EXCHANGE_BYTES = 2 << 10;
    private static final int EARLY_SLICES = 64;
    private static final int EARLY_BYTES = 256 << 10;
    private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EdgeConnection connection;
    private final Edge edge;
    private final Wire wire;
    private final Map<Long, EdgeExchange> open = new HashMap<>();
    private final Openings openings;
    private final CreditGrant credits;
    private final EarlySlices early = new EarlySlices(EARLY_SLICES, EARLY_BYTES, EARLY_NANOS);
    private final SliceReports reports;
    private long earlyDropped;
    private long earlyBytes;

    EdgeExchanges(EdgeConnection connection, Edge edge) {
        this.connection = connection;
        this.edge = edge;
        this.wire = connection.wire();
        int inFlight = edge.settings().limits().inFlight();
        this.openings = new Openings(inFlight);
        this.credits = new CreditGrant(inFlight);
        this.reports = new SliceReports(connection, edge.counters());
    }

    int size() {
        return open.size();
    }

    /** An ASK of a stream. */
    void ask(Frame frame, boolean draining) {
        Ask ask = Ask.read(frame);
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
        EdgeExchange exchange = open.get(frame.exchange());
        if (exchange != null) {
            exchange.count(frame);
        }
    }

    private void begin(Frame frame, Ask ask, boolean draining) {
        long id = frame.exchange();
        credits.opened();
        Failure refusal = draining
                ? Failure.of(ErrorCode.SHUTTING_DOWN, "the edge is shutting down")
                : AskCheck.refusal(ask.body().length, ask.slices(), open.size(), edge.settings().limits());
        ByteShare share = connection.greeting().share();
        int bytes = EXCHANGE_BYTES + frame.bytes();
        if (refusal == null && !share.take(bytes)) {
            refusal = Failure.of(ErrorCode.OVERLOADED, share.refusal(bytes));
        }
        if (refusal != null) {
            refuse(id, refusal);
            return;
        }
        EdgeExchange exchange = new EdgeExchange(connection, edge, id, ask, frame.bytes(), bytes);
        open.put(id, exchange);
        edge.counters().countBegin(ask.slices());
        exchange.open();
        early.expire(System.nanoTime());
        reportDropped();
        early.take(id).forEach(each -> datagram(Frame.slice(id, each), draining));
        payEarly();
        exchange.await();
    }

    private void refuse(long id, Failure refusal) {
        edge.counters().countEnd(refusal.known());
        connection.send(refusal.toFrame(id));
        wire.finish(id);
        creditBack();
    }

    /** There was no room for a frame of a stream. */
    void dropped(FrameType type, long id, String why) {
        if (type != FrameType.ASK) {
            EdgeExchange exchange = find(id, type);
            if (exchange != null) {
                exchange.end(ErrorCode.OVERLOADED, why);
            }
        } else if (openings.asked(id) == Openings.Outcome.NEW) {
            credits.opened();
            refuse(id, Failure.of(ErrorCode.OVERLOADED, why));
        }
    }

    /** A slice of a stream. */
    void slice(Frame frame) {
        EdgeExchange exchange = find(frame.exchange(), frame.type());
        if (exchange == null) {
            reports.late();
        } else if (exchange.cancelled()) {
            edge.counters().countLateFrame();
            reports.late();
        } else {
            add(exchange, frame, false);
        }
    }

    /** A copy of an ASK, or a slice, of a datagram: its ASK may be on its way still. */
    void datagram(Frame frame, boolean draining) {
        if (frame.type() == FrameType.ASK) {
            copy(frame, draining);
            return;
        }
        EdgeExchange exchange = open.get(frame.exchange());
        if (!openings.opened(frame.exchange())) {
            if (near(frame.exchange())) {
                early.keep(frame.exchange(), frame.slice(), System.nanoTime());
                reportDropped();
                payEarly();
            } else {
                reports.dropped();
            }
        } else if (exchange == null || exchange.cancelled()) {
            edge.counters().countLateFrame();
            reports.late();
        } else {
            add(exchange, frame, true);
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

    /** They are few enough to be owed. */
    private void payEarly() {
        connection.greeting().share().owe(early.bytes() - earlyBytes);
        earlyBytes = early.bytes();
    }

    /** The connection has ended. */
    void stop() {
        early.clear();
        payEarly();
    }

    /** A datagram that could not be read. */
    void dropped() {
        reports.dropped();
    }

    private void add(EdgeExchange exchange, Frame frame, boolean datagram) {
        if (!exchange.announced(frame)) {
            if (datagram) {
                reports.dropped();
                return;
            }
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "SLICE [" + frame.sequence() + "] of tile ["
                    + frame.tile() + "] of exchange [" + exchange.id() + "], which announced "
                    + exchange.slicesAnnounced() + " slices of " + exchange.tiles() + " tiles");
        }
        switch (exchange.take(frame)) {
            case KEPT -> reports.received();
            case REPEATED -> reports.repeated();
            case LATE -> reports.late();
            case CONTRADICTORY -> exchange.end(ErrorCode.DUPLICATE_SLICE,
                    "slice [" + frame.sequence() + "] came twice, with other bytes the second time");
            case TOO_LARGE -> exchange.end(ErrorCode.EXCHANGE_TOO_LARGE, "slices of more than ["
                    + edge.settings().limits().exchangeBytes() + "] bytes, the edge's limit for one exchange");
        }
    }

    /** The device wants no answer: {@code type} is what says so. */
    void cancel(long id, FrameType type) {
        EdgeExchange exchange = find(id, type);
        if (exchange != null) {
            exchange.end(ErrorCode.CANCELLED, "the device gave up");
        }
    }

    /** The open exchange of a frame; null when it has ended and the frame is late. */
    private EdgeExchange find(long id, FrameType type) {
        if (id > openings.highest()) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + type + "] of exchange ["
                    + id + "], which was never opened; the last is " + openings.highest());
        }
        EdgeExchange exchange = open.get(id);
        if (exchange == null || exchange.ended()) {
            edge.counters().countLateFrame();
            return null;
        }
        return exchange;
    }

    /** Parts may be written again. */
    void writable() {
        all().forEach(EdgeExchange::writable);
    }

    void endAll(ErrorCode code, String reason) {
        all().forEach(each -> each.end(code, reason));
    }

    private ArrayList<EdgeExchange> all() {
        return new ArrayList<>(open.values());
    }

    /** One has ended: its place and its credit go back to the device. */
    void settle(EdgeExchange exchange) {
        if (open.remove(exchange.id(), exchange)) {
            wire.finish(exchange.id());
            creditBack();
            connection.closeIfDrained();
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
