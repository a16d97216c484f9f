package dev.tandem.transport.device;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.AskCheck;
import dev.tandem.transport.session.CreditWindow;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.SlicePlan;
import dev.tandem.transport.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The exchanges of one device connection, from the question until its answer or its end. Loop only, except where said. */
final class DeviceExchanges {
    private final DeviceConnection connection;
    private final Wire wire;
    private final LinkWatch watch;
    private final ClientSettings settings;
    private final Map<Long, DeviceExchange> open = new LinkedHashMap<>();
    private final Queue<DeviceExchange> waiting = new ArrayDeque<>();
    private final Object idLock = new Object();
    private long lastId;
    private LinkLimits limits;
    private CreditWindow credits;
    private long highest;

    DeviceExchanges(DeviceConnection connection, Wire wire, LinkWatch watch, ClientSettings settings) {
        this.connection = connection;
        this.wire = wire;
        this.watch = watch;
        this.settings = settings;
    }

    /** The hello is done. */
    void open(LinkLimits limits) {
        this.limits = limits;
        this.credits = new CreditWindow(limits.inFlight());
    }

    /** Takes a question and returns at once; questions are sent in the order of their ids. Any thread. */
    Exchange ask(AskRequest request, Consumer<String> words) {
        synchronized (idLock) {
            if (lastId == FrameHeader.MAX_EXCHANGE) {
                throw new IllegalStateException(
                        "exchange ids of this connection are used up [" + lastId + "]; connect again");
            }
            DeviceExchange exchange = new DeviceExchange(this, ++lastId, request, words);
            if (!connection.onLoop(() -> begin(exchange))) {
                exchange.end(ErrorCode.CLOSED, "the device closed the connection", null);
            }
            return exchange;
        }
    }

    DeviceConnection connection() {
        return connection;
    }

    private void begin(DeviceExchange exchange) {
        if (exchange.ended() || refused(exchange)) {
            return; // its id is skipped
        }
        long longest = limits.longestDeadline().toMillis();
        long asked = exchange.request().deadline().toMillis();
        long millis = exchange.request().deadline().isZero() ? longest : Math.clamp(asked, 1, longest);
        exchange.deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), wire.loop().schedule(() -> {
            if (exchange.end(ErrorCode.DEADLINE_EXCEEDED, "no answer within the deadline of [" + millis + "] ms",
                    null)) {
                exchange.giveUp();
            }
        }, millis, TimeUnit.MILLISECONDS));
        waiting.add(exchange);
        sendWaiting();
    }

    /** What has no word of its answer yet, taken out to be asked anew elsewhere. */
    List<DeviceExchange> release() {
        List<DeviceExchange> released = all().stream().filter(DeviceExchange::movable).toList();
        open.values().removeAll(released);
        waiting.removeAll(released);
        return released;
    }

    /** Asks anew what another connection has released; its deadline runs on. */
    void adopt(DeviceExchange exchange) {
        if (exchange.ended()) {
            return;
        }
        synchronized (idLock) {
            exchange.move(this, ++lastId);
        }
        if (refused(exchange)) {
            return;
        }
        waiting.add(exchange);
        sendWaiting();
    }

    /** Whether it ends here: the connection takes no question, or the edge would not take this one. */
    private boolean refused(DeviceExchange exchange) {
        if (!connection.usable()) {
            PeerException why = connection.unusable();
            exchange.end(why.code(), why.getMessage(), null);
            return true;
        }
        Failure refusal = AskCheck.refusal(exchange.upload().ask(0), exchange.upload().sliceBytes(),
                open.size() + waiting.size(), limits);
        if (refusal != null) {
            exchange.end(refusal.known(), "not sent: " + refusal.message(), null);
        }
        return refusal != null;
    }

    /** The edge frees a place a moment after the answer; what comes in between waits for its credit. */
    private void sendWaiting() {
        while (!waiting.isEmpty() && (waiting.peek().ended() || credits.take())) {
            DeviceExchange next = waiting.remove();
            if (!next.ended()) {
                send(next);
            }
        }
    }

    private void send(DeviceExchange exchange) {
        highest = Math.max(highest, exchange.id());
        open.put(exchange.id(), exchange);
        Upload upload = exchange.upload();
        SlicePlan plan = SlicePlan.of(upload.sliceBytes(),
                exchange.request().whole() ? 1 : settings.reliableShare(), wire.datagramBytes());
        wire.ask(exchange.id(), upload.depart(plan, watch.state(), wire.datagramBytes(), System.nanoTime(),
                exchange.deadlineNanos()));
        watch.busy(upload.bytesSent());
        listen(exchange);
    }

    /** Looks, at the time for it, whether the edge seems to have heard nothing of the exchange. */
    private void listen(DeviceExchange exchange) {
        long wait = exchange.upload().unheardInNanos(System.nanoTime());
        if (wait != Long.MAX_VALUE) {
            wire.loop().schedule(() -> {
                if (open.get(exchange.id()) == exchange) {
                    exchange.upload().unheard(System.nanoTime(), wire.lastReadNanos()).forEach(wire::offer);
                    listen(exchange);
                }
            }, wait, TimeUnit.NANOSECONDS);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void granted(int total) {
        credits.granted(total);
        sendWaiting();
    }

    void words(Frame frame) {
        DeviceExchange exchange = find(frame.exchange(), frame.type());
        if (exchange != null) {
            exchange.take(frame);
        }
    }

    void done(long id, AnswerSummary summary) {
        DeviceExchange exchange = find(id, FrameType.DONE);
        if (exchange != null) {
            forget(exchange);
            exchange.done(summary);
        }
    }

    /** The edge says which slices it has: what is missing is offered again while it can be in time. */
    void received(long id, Received received) {
        DeviceExchange exchange = find(id, FrameType.RECEIVED);
        if (exchange != null && !exchange.ended()) {
            exchange.upload().again(received, System.nanoTime(), watch.state().rttNanos()).forEach(wire::offer);
        }
    }

    void failed(long id, ErrorCode code, String reason) {
        DeviceExchange exchange = find(id, FrameType.ERROR);
        if (exchange != null) {
            forget(exchange);
            exchange.end(code, reason, null);
        }
    }

    /** Any thread. */
    void cancel(DeviceExchange exchange) {
        if (exchange.end(ErrorCode.CANCELLED, "the device gave up", null)) {
            connection.onLoop(exchange::giveUp);
        }
    }

    /** Tells the edge that nobody waits any more. */
    void giveUp(DeviceExchange exchange) {
        if (open.get(exchange.id()) == exchange) {
            if (wire.active()) {
                wire.send(Frame.cancel(exchange.id()));
            }
            forget(exchange);
        }
    }

    void giveUpAll() {
        for (DeviceExchange exchange : all()) {
            exchange.end(ErrorCode.CLOSED, "the device closed the connection", null);
            giveUp(exchange);
        }
    }

    void endAll(ErrorCode code, String reason, Throwable cause) {
        all().forEach(each -> each.end(code, reason, cause));
        open.clear();
        waiting.clear();
    }

    private ArrayList<DeviceExchange> all() {
        ArrayList<DeviceExchange> all = new ArrayList<>(open.values());
        all.addAll(waiting);
        return all;
    }

    private void forget(DeviceExchange exchange) {
        open.remove(exchange.id());
        wire.finish(exchange.id());
    }

    /** The open exchange of a frame; null when it has ended here and the frame is late. */
    private DeviceExchange find(long id, FrameType type) {
        if (id > highest) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + type + "] of exchange ["
                    + id + "], which was never opened; the last is " + highest);
        }
        return open.get(id);
    }
}
