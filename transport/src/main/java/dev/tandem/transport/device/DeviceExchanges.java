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
import dev.tandem.transport.wire.Wire;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The table of one connection's exchanges: those that wait for a credit, those that are sent; gives out their ids and
 * brings each frame to the exchange that it is for. Loop only.
 */
final class DeviceExchanges {
    private final DeviceConnection connection;
    private final Wire wire;
    private final LinkWatch watch;
    private final double reliableShare;
    private final Map<Long, DeviceExchange> open = new LinkedHashMap<>();
    private final Queue<DeviceExchange> waiting = new ArrayDeque<>();
    private LinkLimits limits;
    private CreditWindow credits;
    private long lastId;

    DeviceExchanges(DeviceConnection connection, Wire wire, LinkWatch watch, double reliableShare) {
        this.connection = connection;
        this.wire = wire;
        this.watch = watch;
        this.reliableShare = reliableShare;
    }

    /** The hello is done. */
    void open(LinkLimits told) {
        limits = told;
        credits = new CreditWindow(told.inFlight());
    }

    /** Any thread. */
    SocketAddress remote() {
        return connection.remote();
    }

    /** Takes a question that no connection has; what the edge would not take ends here. */
    void take(DeviceExchange exchange) {
        if (exchange.ended() || refused(exchange)) {
            return;
        }
        exchange.taken(this, limits.longestDeadline());
        waiting.add(exchange);
        sendWaiting();
    }

    private boolean refused(DeviceExchange exchange) {
        if (!connection.usable()) {
            exchange.end(connection.unusable());
            return true;
        }
        Failure refusal = lastId + waiting.size() >= FrameHeader.MAX_EXCHANGE
                ? Failure.of(ErrorCode.TOO_MANY_EXCHANGES, "the exchange ids of this connection are used up ["
                        + lastId + "]; connect again")
                : AskCheck.refusal(exchange.request().body().length, exchange.request().sliceBytes(),
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
                open.put(++lastId, next);
                next.send(lastId, wire, watch, reliableShare);
            }
        }
    }

    /** What has no part of its answer yet, taken out to be asked anew elsewhere. */
    List<DeviceExchange> release() {
        List<DeviceExchange> released = all().stream().filter(DeviceExchange::movable).toList();
        open.values().removeAll(released);
        waiting.removeAll(released);
        released.forEach(DeviceExchange::released);
        return released;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void granted(int total) {
        credits.granted(total);
        sendWaiting();
    }

    void part(Frame frame) {
        DeviceExchange exchange = find(frame.exchange(), frame.type());
        if (exchange != null) {
            exchange.part(frame);
        }
    }

    void done(long id, AnswerSummary summary) {
        DeviceExchange exchange = find(id, FrameType.DONE);
        if (exchange != null) {
            forget(exchange);
            exchange.done(summary);
        }
    }

    void received(long id, Received received) {
        DeviceExchange exchange = find(id, FrameType.RECEIVED);
        if (exchange != null) {
            exchange.received(received, wire, watch.state().rttNanos());
        }
    }

    void failed(long id, ErrorCode code, String reason) {
        DeviceExchange exchange = find(id, FrameType.ERROR);
        if (exchange == null) {
            return;
        }
        forget(exchange);
        if (code == ErrorCode.SHUTTING_DOWN && exchange.movable()) {
            exchange.released();
            connection.giveBack(exchange, new PeerException(remote(), id, code, reason, null));
        } else {
            exchange.end(code, reason, null);
        }
    }

    /** The edge takes no question any more: those that it has not been sent may wait for another. */
    void giveBackWaiting() {
        List<DeviceExchange> unsent = waiting.stream().filter(DeviceExchange::movable).toList();
        waiting.removeAll(unsent);
        unsent.forEach(each -> {
            each.released();
            connection.giveBack(each, connection.unusable());
        });
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
        if (id > lastId) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "frame [" + type + "] of exchange ["
                    + id + "], which was never opened; the last is " + lastId);
        }
        return open.get(id);
    }
}
