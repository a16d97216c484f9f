package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.TokenBucket;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireEvents;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.X509Certificate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's connection as the edge sees it: frames come and find who they are for; {@link Greeting} lets it in,
 * {@link Ending} ends it. All state belongs to the wire's event loop; what other threads call says so.
 */
final class EdgeConnection implements WireEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);
    /** A device pings once a second. */
    private static final int PINGS_A_SECOND = 20;
    private static final int PINGS_AT_ONCE = 100;
    private static final int LINES_A_SECOND = 4;
    private static final int LINES_AT_ONCE = 64;

    private final Edge edge;
    private final Wire wire;
    private final GuardedLoop loop;
    private final Greeting greeting;
    private final EdgeExchanges exchanges;
    private final Ending ending;
    private final Patience patience;
    private final TokenBucket pings = new TokenBucket(PINGS_AT_ONCE, PINGS_A_SECOND, System.nanoTime());
    /** Guarded by itself. */
    private final TokenBucket lines = new TokenBucket(LINES_AT_ONCE, LINES_A_SECOND, System.nanoTime());
    private boolean draining;

    /** {@code greeted} runs when it has said hello. */
    EdgeConnection(Edge edge, Wire wire, Runnable greeted) {
        this.edge = edge;
        this.wire = wire;
        this.loop = new GuardedLoop(wire.loop(), this::fault);
        this.greeting = new Greeting(edge, this, greeted);
        this.exchanges = new EdgeExchanges(this, edge);
        this.ending = new Ending(edge, this);
        this.patience = new Patience(wire, edge.settings(), ending::refuse);
    }

    Wire wire() {
        return wire;
    }

    EdgeExchanges exchanges() {
        return exchanges;
    }

    /** Who is there. Its readings are for any thread. */
    Greeting greeting() {
        return greeting;
    }

    /** The device's name. Any thread. */
    String device() {
        return greeting.peer().name();
    }

    @Override
    public void up(List<X509Certificate> chain) {
        greeting.up(chain);
    }

    @Override
    public void frame(Frame frame) {
        if (!ending.begun()) {
            try {
                take(frame);
            } catch (FrameException e) {
                broken(e);
            }
        }
    }

    private void take(Frame frame) {
        switch (frame.type()) {
            case HELLO -> hello(frame);
            case ASK -> exchanges.ask(frame, draining);
            case SLICE -> exchanges.slice(frame);
            case CANCEL -> exchanges.cancel(frame.exchange(), frame.type());
            case PING -> pinged(frame);
            case PONG -> {
            }
            case BYE -> ending.close("the device said goodbye: " + Bye.read(frame).reason());
            case ERROR -> failed(frame);
            default -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + frame.type() + "] on an edge");
        }
    }

    private void hello(Frame frame) {
        Failure refusal = greeting.hello(frame);
        if (refusal != null) {
            ending.refuse(refusal.known(), refusal.message());
            return;
        }
        patience.opened();
    }

    private void pinged(Frame ping) {
        edge.counters().countPing();
        if (pings.take(System.nanoTime())) {
            send(Frame.of(FrameType.PONG, 0, ping.payload()));
        } else {
            ending.refuse(ErrorCode.OVERLOADED,
                    "more than [" + PINGS_A_SECOND + "] PINGs a second; one is enough to be known alive");
        }
    }

    @Override
    public void dropped(FrameType type, long exchange, String why) {
        if (!ending.begun()) {
            try {
                exchanges.dropped(type, exchange, why);
            } catch (FrameException e) {
                broken(e);
            }
        }
    }

    @Override
    public void datagram(Frame frame) {
        if (!ending.begun()) {
            try {
                exchanges.datagram(frame, draining);
            } catch (FrameException e) {
                badDatagram(e);
            }
        }
    }

    @Override
    public void badDatagram(RuntimeException why) {
        edge.counters().countBadDatagram();
        exchanges.dropped();
        LOG.debug("datagram of device [{}] dropped: {}", device(), why.getMessage());
    }

    @Override
    public void streamEnded(long exchange) {
        if (!ending.begun()) {
            exchanges.cancel(exchange, FrameType.CANCEL);
        }
    }

    private void failed(Frame frame) {
        Failure failure = Failure.read(frame);
        if (frame.exchange() == 0) {
            ending.close("the device reported: " + failure.message());
        } else {
            exchanges.cancel(frame.exchange(), frame.type());
        }
    }

    @Override
    public void broken(Throwable thrown) {
        FrameException malformed = Causes.find(thrown, FrameException.class);
        if (Causes.find(thrown, Error.class) != null) {
            fault(thrown);
        } else if (malformed != null) {
            ending.refuse(malformed.code(), "a frame of the device breaks the protocol: " + malformed.getMessage());
        } else if (ending.begun()) {
            LOG.debug("connection of device [{}] broke while it ended", device(), thrown);
        } else if (greeting.done()) {
            LOG.debug("connection of device [{}] broke", device(), thrown);
            ending.close("the connection broke: " + Causes.deepest(thrown));
        } else {
            refused(TlsFailure.of(thrown, End.EDGE));
        }
    }

    @Override
    public void refused(TlsFailure why) {
        if (!ending.begun()) {
            edge.counters().countEnd(why.code());
            edge.strangers().warn("device at [{}] refused: {}", wire.remote(), why.reason());
            ending.close(why.reason());
        }
    }

    /** Its certificate is trusted no longer. Any thread. */
    void distrust(TlsFailure why) {
        onLoop(() -> ending.refuse(ErrorCode.NO_LONGER_TRUSTED, Greeting.distrusted(why)));
    }

    @Override
    public void moved() {
        edge.devices().info("device [{}] has moved to [{}]", device(), wire.remote());
        edge.counters().countMove();
        if (greeting.done() && !ending.begun()) {
            exchanges.tellCredit();
        }
    }

    @Override
    public void writable() {
        exchanges.writable();
    }

    @Override
    public void down(String reason) {
        patience.stop();
        ending.gone(reason);
        exchanges.endAll(ErrorCode.PEER_CLOSED, ending.reason());
        exchanges.stop();
        greeting.left(ending.reason());
    }

    /** Says BYE and closes when the last exchange has ended. Any thread. */
    void drain() {
        onLoop(() -> {
            draining = true;
            if (greeting.done() && !ending.begun()) {
                send(new Bye("the edge is shutting down").toFrame());
            }
            closeIfDrained();
        });
    }

    /** Ends what is left and closes. Any thread. */
    void abort(String reason) {
        onLoop(() -> {
            exchanges.endAll(ErrorCode.SHUTTING_DOWN, reason);
            ending.close(reason);
        });
    }

    void closeIfDrained() {
        if (draining && !ending.begun() && exchanges.size() == 0) {
            ending.close("the edge has shut down");
        }
    }

    /** A line about one of its exchanges; a device that has many end leaves room for others' lines. Any thread. */
    void logEnd(String format, Object... arguments) {
        boolean allowed;
        synchronized (lines) {
            allowed = lines.take(System.nanoTime());
        }
        if (allowed) {
            edge.exchanges().info(format, arguments);
        } else {
            edge.exchanges().leftOut();
        }
    }

    /** Writes and flushes. Any thread. */
    void send(Frame frame) {
        wire.send(frame);
    }

    /** Tells the device about its slices, unless the connection is ending or the device reads nothing. Loop only. */
    void report(LinkReport report) {
        if (greeting.done() && !ending.begun() && wire.pausedNanos() == 0) {
            send(report.toFrame());
        }
    }

    /** Any thread. */
    void countAnswer() {
        edge.counters().countAnswer();
        if (edge.listener() != LinkListener.NONE) {
            onLoop(() -> wire.measure(path -> edge.listener().measured(path.state(wire))));
        }
    }

    /** Runs on the event loop, now or soon; not at all when the loop has gone, and the connection with it. */
    void onLoop(Runnable task) {
        loop.run(task);
    }

    ScheduledFuture<?> schedule(Runnable task, long millis) {
        return loop.schedule(task, millis);
    }

    private void fault(Throwable thrown) {
        edge.fault("the connection of device [" + device() + "]", thrown);
        ending.refuse(ErrorCode.OVERLOADED, "the edge failed at this connection [" + thrown + "]; connect again");
    }
}
