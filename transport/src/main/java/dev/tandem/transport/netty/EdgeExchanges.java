package dev.tandem.transport.netty;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.LinkLimits;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The exchanges of one connection, from ASK until the answer has ended <em>and</em> the handler has let go: only then does one stop
 * counting against the limit. Event loop only, except where said.
 */
final class EdgeExchanges {
    /** An exchange with what must be undone when it ends. */
    private static final class Entry {
        final EdgeExchange exchange;
        ScheduledFuture<?> deadline;
        Runnable task;
        boolean held;

        Entry(EdgeExchange exchange) {
            this.exchange = exchange;
        }
    }

    private final EdgeConnection connection;
    private final Edge edge;
    private final Map<Long, Entry> entries = new HashMap<>();
    private long highest;

    EdgeExchanges(EdgeConnection connection, Edge edge) {
        this.connection = connection;
        this.edge = edge;
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
        LinkLimits limits = edge.settings().limits();
        Failure refusal = draining
                ? Failure.of(ErrorCode.SHUTTING_DOWN, "the edge is shutting down")
                : AskCheck.refusal(ask, ask.question().getBytes(StandardCharsets.UTF_8).length, entries.size(), limits);
        if (refusal != null) {
            edge.counters().countEnd(refusal.known());
            connection.send(refusal.toFrame(frame.exchange()));
            return;
        }
        Entry entry = new Entry(new EdgeExchange(connection, frame.exchange(), ask, frame.bytes()));
        entries.put(frame.exchange(), entry);
        long longest = limits.longestDeadline().toMillis();
        long millis = ask.deadlineMillis() == 0 ? longest : Math.min(ask.deadlineMillis(), longest);
        entry.deadline = connection.schedule(() -> entry.exchange.end(ErrorCode.DEADLINE_EXCEEDED,
                "no answer within the deadline of [" + millis + "] ms"), millis);
        answerWhenComplete(entry);
    }

    void slice(Frame frame) {
        Entry entry = find(frame);
        if (entry == null) {
            return;
        }
        EdgeExchange exchange = entry.exchange;
        if (frame.sequence() >= exchange.announced()) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "SLICE [" + frame.sequence() + "] of exchange ["
                    + exchange.id() + "], which announced " + exchange.announced());
        }
        if (exchange.has(frame.sequence())) {
            exchange.end(ErrorCode.DUPLICATE_SLICE, "slice [" + frame.sequence() + "] came twice");
        } else if (exchange.add(frame) > edge.settings().limits().exchangeBytes()) {
            exchange.end(ErrorCode.EXCHANGE_TOO_LARGE, "slices of more than ["
                    + edge.settings().limits().exchangeBytes() + "] bytes, the edge's limit for one exchange");
        } else {
            answerWhenComplete(entry);
        }
    }

    void cancel(Frame frame) {
        Entry entry = find(frame);
        if (entry != null) {
            entry.exchange.end(ErrorCode.CANCELLED, "the device gave up");
        }
    }

    void endAll(ErrorCode code, String reason) {
        for (Entry entry : new ArrayList<>(entries.values())) {
            entry.exchange.end(code, reason);
        }
    }

    /** The exchange has ended: stop its clock, take it out of the queue, forget it once no handler holds it. */
    void settle(EdgeExchange exchange) {
        Entry entry = entries.get(exchange.id());
        if (entry == null) {
            return;
        }
        entry.deadline.cancel(false);
        if (entry.held && edge.answers().withdraw(entry.task)) {
            entry.held = false;
        }
        if (!entry.held) {
            entries.remove(exchange.id());
            connection.closeIfDrained();
        }
    }

    private void answerWhenComplete(Entry entry) {
        EdgeExchange exchange = entry.exchange;
        if (!exchange.complete()) {
            return;
        }
        entry.held = true;
        entry.task = edge.answers().submit(exchange, () -> connection.onLoop(() -> {
            entry.held = false;
            settle(exchange);
        }));
        if (entry.task == null) {
            entry.held = false;
            exchange.end(ErrorCode.OVERLOADED, "the edge has [" + edge.settings().answerQueue()
                    + "] exchanges waiting already; ask again later");
        }
    }

    /** The open exchange of a frame; null when it has ended and the frame is late. */
    private Entry find(Frame frame) {
        if (frame.exchange() > highest) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + frame.type() + "] of exchange ["
                    + frame.exchange() + "], which was never opened; the last is " + highest);
        }
        Entry entry = entries.get(frame.exchange());
        if (entry == null || entry.exchange.cancelled()) {
            edge.counters().countLateFrame();
            return null;
        }
        return entry;
    }
}
