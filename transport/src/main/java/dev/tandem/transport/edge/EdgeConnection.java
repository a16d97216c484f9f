package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.HelloCheck;
import dev.tandem.transport.session.Software;
import dev.tandem.transport.tls.PeerIdentity;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireEvents;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.X509Certificate;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's connection as the edge sees it: hello, frames, end. All state belongs to the wire's event loop; what
 * other threads call says so.
 */
final class EdgeConnection implements WireEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);
    /** After an ERROR the connection stays open this long, so that its end does not overtake the reason. */
    private static final int LINGER_MILLIS = 1_000;

    private final Edge edge;
    private final Wire wire;
    private final EdgeExchanges exchanges;
    private volatile PeerIdentity peer = new PeerIdentity("unknown", "unknown");
    private final Patience patience;
    private boolean open;
    private boolean draining;
    private boolean closing;
    private String closeReason = "the device closed the connection";

    EdgeConnection(Edge edge, Wire wire) {
        this.edge = edge;
        this.wire = wire;
        this.exchanges = new EdgeExchanges(this, edge);
        edge.connections().add(this);
        patience = new Patience(wire, edge.settings(), this::refuse);
    }

    Wire wire() {
        return wire;
    }

    EdgeExchanges exchanges() {
        return exchanges;
    }

    /** Who the device is, by its certificate. Any thread. */
    PeerIdentity peer() {
        return peer;
    }

    /** Its name. Any thread. */
    String device() {
        return peer.name();
    }

    @Override
    public void up(X509Certificate certificate) {
        peer = certificate == null
                ? PeerIdentity.unproven("laboratory device at " + wire.remote(), wire.remote())
                : PeerIdentity.of(certificate);
    }

    @Override
    public void frame(Frame frame) {
        if (closing) {
            return;
        }
        try {
            take(frame);
        } catch (FrameException e) {
            broken(e);
        }
    }

    private void take(Frame frame) {
        switch (frame.type()) {
            case HELLO -> hello(frame);
            case ASK -> exchanges.ask(frame, draining);
            case SLICE -> exchanges.slice(frame);
            case CANCEL -> exchanges.cancel(frame.exchange(), frame.type());
            case PING -> send(Frame.of(FrameType.PONG, 0, frame.payload()));
            case PONG -> {
            }
            case BYE -> close("the device said goodbye: " + Bye.read(frame).reason());
            case ERROR -> failed(frame);
            default -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + frame.type() + "] on an edge");
        }
    }

    @Override
    public void datagram(Frame frame) {
        if (closing) {
            return;
        }
        try {
            exchanges.datagram(frame, draining);
        } catch (FrameException e) {
            badDatagram(e);
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
        if (!closing) {
            exchanges.cancel(exchange, FrameType.CANCEL);
        }
    }

    private void hello(Frame frame) {
        Failure refusal = HelloCheck.refusal(Hello.versions(frame));
        if (refusal != null) {
            refuse(refusal.known(), refusal.message());
            return;
        }
        Hello hello = Hello.read(frame);
        refusal = HelloCheck.refusal(hello.pack(), edge.settings().pack());
        if (refusal != null) {
            refuse(refusal.known(), refusal.message());
            return;
        }
        patience.opened();
        open = true;
        wire.open(edge.settings().limits());
        send(new HelloAck(Hello.VERSION, edge.settings().pack(), edge.settings().limits(), Software.NAME).toFrame());
        edge.counters().countConnection(wire.transport());
        LOG.info("device [{}] at [{}] connected over {}, software [{}]", device(), wire.remote(), wire.transport(),
                hello.software());
        if (draining) {
            drain();
        }
    }

    private void failed(Frame frame) {
        Failure failure = Failure.read(frame);
        if (frame.exchange() == 0) {
            close("the device reported: " + failure.message());
        } else {
            exchanges.cancel(frame.exchange(), frame.type());
        }
    }

    @Override
    public void broken(Throwable thrown) {
        if (closing) {
            return;
        }
        FrameException malformed = Causes.find(thrown, FrameException.class);
        if (malformed != null) {
            refuse(malformed.code(), "a frame of the device breaks the protocol: " + malformed.getMessage());
        } else if (open) {
            LOG.debug("connection of device [{}] broke", device(), thrown);
            close("the connection broke: " + Causes.deepest(thrown));
        } else {
            refused(TlsFailure.of(thrown, End.EDGE));
        }
    }

    @Override
    public void refused(TlsFailure why) {
        if (!closing) {
            edge.counters().countEnd(why.code());
            LOG.warn("device at [{}] refused: {}", wire.remote(), why.reason());
            close(why.reason());
        }
    }

    @Override
    public void moved() {
        LOG.info("device [{}] has moved to [{}]", device(), wire.remote());
        edge.counters().countMove();
        if (open && !closing) {
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
        if (reason != null && !closing) {
            closeReason = "the device closed the connection: " + reason;
        }
        closing = true;
        edge.connections().remove(this);
        exchanges.endAll(ErrorCode.PEER_CLOSED, closeReason);
        if (open) {
            LOG.info("device [{}] at [{}] disconnected: {}", device(), wire.remote(), closeReason);
        }
    }

    /** Ends the connection with an ERROR. */
    private void refuse(ErrorCode code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        closeReason = reason;
        edge.counters().countEnd(code);
        LOG.warn("device [{}] at [{}] refused: {}", device(), wire.remote(), reason);
        exchanges.endAll(code, reason);
        send(Failure.of(code, reason).toFrame(0));
        schedule(() -> wire.close(reason), LINGER_MILLIS);
    }

    private void close(String reason) {
        closing = true;
        closeReason = reason;
        wire.close(reason);
    }

    /** Says BYE and closes when the last exchange has ended. Any thread. */
    void drain() {
        onLoop(() -> {
            draining = true;
            if (open && !closing) {
                send(new Bye("the edge is shutting down").toFrame());
            }
            closeIfDrained();
        });
    }

    /** Ends what is left and closes. Any thread. */
    void abort(String reason) {
        onLoop(() -> {
            exchanges.endAll(ErrorCode.SHUTTING_DOWN, reason);
            close(reason);
        });
    }

    void closeIfDrained() {
        if (draining && !closing && exchanges.size() == 0) {
            close("the edge has shut down");
        }
    }

    /** Writes and flushes. Any thread. */
    void send(Frame frame) {
        wire.send(frame);
    }

    /** Tells the device about its slices, unless the connection is ending. Event loop only. */
    void report(LinkReport report) {
        if (open && !closing) {
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
        if (wire.loop().inEventLoop()) {
            task.run();
        } else if (!wire.loop().isShutdown()) {
            try {
                wire.loop().execute(task);
            } catch (RejectedExecutionException e) {
                LOG.debug("event loop gone", e);
            }
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long millis) {
        return wire.loop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
