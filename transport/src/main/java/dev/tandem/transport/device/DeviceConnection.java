package dev.tandem.transport.device;

import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.HelloCheck;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Software;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireEvents;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's connection: hello, frames, end. All state belongs to the wire's event loop; what other threads call says
 * so.
 */
final class DeviceConnection implements WireEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceConnection.class);

    private final ClientSettings settings;
    private final Wire wire;
    private final CompletableFuture<DeviceConnection> opened = new CompletableFuture<>();
    private final CompletableFuture<PeerException> ended = new CompletableFuture<>();
    private final DeviceExchanges exchanges;
    private final LinkWatch watch;
    private final EndReasons reasons;
    private volatile LinkLimits limits;
    private volatile boolean usable;
    private boolean tlsDone;
    private PeerException end;
    private List<DeviceExchange> orphans = List.of();
    private Runnable doubted = () -> {
    };
    private BiConsumer<DeviceExchange, PeerException> returned = DeviceExchange::end;

    DeviceConnection(ClientSettings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
        this.reasons = new EndReasons(settings);
        this.watch = new LinkWatch(this, wire);
        this.exchanges = new DeviceExchanges(this, wire, watch, settings.reliableShare());
    }

    /** Completes on the loop with itself after HELLO_ACK, or with a {@link PeerException}. */
    CompletableFuture<DeviceConnection> opened() {
        return opened;
    }

    /** Completes on the loop with the reason when the connection has ended, however it ended. */
    CompletableFuture<PeerException> ended() {
        return ended;
    }

    Wire wire() {
        return wire;
    }

    SocketAddress remote() {
        return wire.remote();
    }

    /** What the edge takes; null before HELLO_ACK. Any thread. */
    LinkLimits limits() {
        return limits;
    }

    /** Whether it has ended, however. Loop only. */
    boolean hasEnded() {
        return end != null;
    }

    /** Whether questions can be asked. Any thread. */
    boolean usable() {
        return usable;
    }

    LinkWatch watch() {
        return watch;
    }

    /** What was being asked when the connection was lost, without a part of an answer yet. Loop only. */
    List<DeviceExchange> orphans() {
        return orphans;
    }

    /** What to do while the edge is silent although something was asked. Loop only. */
    void onDoubt(Runnable task) {
        doubted = task;
    }

    /** Who takes an exchange back that a leaving edge does not answer, and why it does not. Loop only. */
    void onReturn(BiConsumer<DeviceExchange, PeerException> taker) {
        returned = taker;
    }

    void giveBack(DeviceExchange exchange, PeerException why) {
        returned.accept(exchange, why);
    }

    void doubt() {
        doubted.run();
    }

    DeviceExchanges exchanges() {
        return exchanges;
    }

    /** Why questions cannot be asked: the connection's end, or the edge's goodbye. */
    PeerException unusable() {
        return end != null
                ? end
                : new PeerException(remote(), 0, ErrorCode.SHUTTING_DOWN,
                        "the edge is shutting down and takes no question", null);
    }

    @Override
    public void up(List<X509Certificate> chain) {
        tlsDone = true;
        wire.send(Hello.of(settings.pack(), Software.NAME).toFrame());
    }

    @Override
    public void frame(Frame frame) {
        if (end != null) {
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
            case HELLO_ACK -> opened(HelloAck.read(frame));
            case PART -> exchanges.part(frame);
            case DONE -> exchanges.done(frame.exchange(), Done.read(frame));
            case RECEIVED -> exchanges.received(frame.exchange(), Received.read(frame));
            case ERROR -> failed(frame);
            case CREDIT -> exchanges.granted(Credit.read(frame).exchanges());
            case LINK_REPORT -> watch.report(LinkReport.read(frame));
            case PING -> wire.send(Frame.of(FrameType.PONG, 0, frame.payload()));
            case PONG -> watch.pong(frame);
            case BYE -> {
                usable = false;
                LOG.info("edge [{}] says goodbye: {}", remote(), Bye.read(frame).reason());
                exchanges.giveBackWaiting();
            }
            default -> throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + frame.type() + "] on a device");
        }
    }

    private void opened(HelloAck ack) {
        ErrorCode mismatch = HelloCheck.mismatch(settings.pack(), ack.pack());
        if (mismatch != null) {
            end(mismatch, "hello refused by the device: " + HelloCheck.difference(settings.pack(), ack.pack()), null);
            return;
        }
        limits = ack.limits();
        wire.open(limits);
        exchanges.open(limits);
        watch.open(limits);
        usable = true;
        opened.complete(this);
    }

    private void failed(Frame frame) {
        Failure failure = Failure.read(frame);
        String reason = failure.known() == null
                ? "code [" + failure.code() + "]: " + failure.message()
                : failure.message();
        if (frame.exchange() == 0) {
            end(failure.known(), "the edge ended the connection: " + reason, null);
        } else {
            exchanges.failed(frame.exchange(), failure.known(), "the edge did not answer: " + reason);
        }
    }

    @Override
    public void dropped(FrameType type, long exchange, String why) {
        // a device has room for what it asked for: nothing limits its share
    }

    @Override
    public void datagram(Frame frame) {
        badDatagram(null); // the rules let neither come from an edge
    }

    @Override
    public void badDatagram(RuntimeException why) {
        LOG.debug("datagram of edge [{}] dropped", remote(), why);
    }

    @Override
    public void streamEnded(long exchange) {
        exchanges.failed(exchange, ErrorCode.PEER_CLOSED, "the edge ended the exchange's stream without an answer");
    }

    @Override
    public void moved() {
        // the edge hears of it, this end need not
    }

    @Override
    public void writable() {
        // slices are bounded by the edge's limits; nothing here waits for room
    }

    @Override
    public void broken(Throwable thrown) {
        FrameException malformed = Causes.find(thrown, FrameException.class);
        if (malformed != null && end == null) {
            wire.send(Failure.of(malformed.code(), malformed.getMessage()).toFrame(0));
            end(malformed.code(), "a frame of the edge breaks the protocol: " + malformed.getMessage(), thrown);
        } else if (opened.isDone()) {
            end(ErrorCode.PEER_CLOSED, "the connection broke: " + Causes.deepest(thrown), thrown);
        } else {
            refused(TlsFailure.of(thrown, End.DEVICE));
        }
    }

    @Override
    public void refused(TlsFailure why) {
        end(EndReasons.dropped(why, tlsDone) ? ErrorCode.PEER_CLOSED : why.code(), reasons.refused(why, tlsDone), null);
    }

    @Override
    public void down(String reason) {
        end(ErrorCode.PEER_CLOSED, reasons.down(reason, opened.isDone()), null);
    }

    /** Ends everything that is open, once. Loop only; {@code code} may be null, see {@link PeerException}. */
    void end(ErrorCode code, String reason, Throwable cause) {
        if (end != null) {
            return;
        }
        usable = false;
        end = new PeerException(remote(), 0, code, reason, cause);
        watch.stop(end);
        opened.completeExceptionally(end);
        if (code == ErrorCode.PEER_CLOSED || code == ErrorCode.IDLE) {
            orphans = exchanges.release();
        }
        exchanges.endAll(code == null ? ErrorCode.PEER_CLOSED : code, reason, cause);
        wire.close(reason);
        ended.complete(end);
    }

    /** Cancels what is open, says BYE and closes. Loop only. */
    void close() {
        exchanges.giveUpAll();
        if (usable && wire.active()) {
            wire.send(new Bye("the device is done").toFrame());
        }
        end(ErrorCode.CLOSED, "the device closed the connection", null);
    }

    /**
     * Always queued, so that tasks keep the order in which they were handed over; false when the loop has gone. Any
     * thread.
     */
    boolean onLoop(Runnable task) {
        try {
            wire.loop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("event loop gone", e);
            return false;
        }
    }

    /** Round trip of a PING. Any thread. */
    CompletableFuture<Duration> ping() {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        if (!onLoop(() -> watch.ping(answer))) {
            answer.completeExceptionally(
                    new PeerException(remote(), 0, ErrorCode.CLOSED, "the device closed the connection", null));
        }
        return answer;
    }
}
