package dev.tandem.transport.edge;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Text;
import dev.tandem.transport.session.Gathering;
import dev.tandem.transport.wire.ByteShare;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One exchange on the edge, from its ASK to its end, and the owner of all its state: the slices that it waits for, the
 * parts on their way out, its deadline, its end. The first end wins, whoever brings it: handler, deadline, cancel or
 * loss of the connection. Everything happens on the event loop; what other threads may call says so.
 */
final class EdgeExchange extends AskedExchange {
    /** Closing: its handler has ended it, and the end waits behind the parts. */
    private enum Stage {
        OPEN, CLOSING, ENDED
    }

    private final EdgeConnection connection;
    private final Edge edge;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);
    private final List<Runnable> atEnd = new ArrayList<>();
    private final SliceWait slices;
    private final Outgoing outgoing;
    private boolean finished;
    private final ByteShare share;
    private long held;
    private ScheduledFuture<?> deadline;

    /** {@code heldBytes}: what it has of its device's share already. */
    EdgeExchange(EdgeConnection connection, Edge edge, long id, Ask ask, int askBytes, long heldBytes) {
        super(id, ask, askBytes);
        this.share = connection.greeting().share();
        this.held = heldBytes;
        this.connection = connection;
        this.edge = edge;
        this.slices = new SliceWait(this, connection.wire(), edge, ask);
        this.outgoing = new Outgoing(this, connection.wire(), share);
    }

    /** Its clock starts and its handler hears of it; slices may come from now on. */
    void open() {
        LinkLimits limits = edge.settings().limits();
        long longest = limits.longestDeadline().toMillis();
        long millis = ask().deadlineMillis() == 0 ? longest : Math.min(ask().deadlineMillis(), longest);
        deadline = connection.schedule(() -> end(ErrorCode.DEADLINE_EXCEEDED, "no answer within the deadline of ["
                + millis + "] ms, [" + slices.gathered() + "] of [" + slicesAnnounced() + "] slices were here"),
                millis);
        handled(() -> slices.open(Objects.requireNonNull(edge.handler().opened(this), "the handler took it not")));
    }

    /** All slices that waited for the ASK have been taken. */
    void await() {
        slices.await();
    }

    /** Takes a slice that was announced. */
    Gathering.Outcome take(Frame slice) {
        count(slice);
        return slices.take(slice.slice());
    }

    /** Whether there is room to keep so many bytes until its end; where there is none it has ended with that. */
    boolean hold(int bytes) {
        if (share.take(bytes)) {
            held += bytes;
            return true;
        }
        end(ErrorCode.OVERLOADED, share.refusal(bytes));
        return false;
    }

    /** The device takes parts again. */
    void writable() {
        outgoing.drain();
    }

    /** Calls the handler: what it throws fails the exchange. */
    void handled(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            if (end(ErrorCode.ANSWER_FAILED, "answering failed on the edge: " + e) || e instanceof Error) {
                edge.fault("answering exchange [" + id() + "] of device [" + device() + "]", e);
            }
        }
    }

    /**
     * Ends it now, parts that wait are dropped; false when it had ended already. Any thread; a code that travels is
     * told.
     */
    boolean end(ErrorCode code, String reason) {
        if (stage.getAndSet(Stage.ENDED) == Stage.ENDED) {
            return false;
        }
        finish(code.travels() ? Failure.of(code, reason).toFrame(id()) : null, code, reason);
        return true;
    }

    /** Its handler ends it: no part follows, and the end leaves when all parts have. Any thread. */
    private void close(Frame terminal, ErrorCode code, String reason) {
        if (stage.compareAndSet(Stage.OPEN, Stage.CLOSING)) {
            outgoing.close(() -> {
                if (stage.compareAndSet(Stage.CLOSING, Stage.ENDED)) {
                    finish(terminal, code, reason);
                }
            });
        }
    }

    /** {@code code}: null for an answer. */
    private void finish(Frame terminal, ErrorCode code, String reason) {
        count(code, reason);
        if (terminal != null && connection.wire().active()) {
            connection.send(terminal);
        }
        connection.onLoop(() -> {
            deadline.cancel(false);
            slices.stop();
            outgoing.stop();
            share.give(held);
            held = 0;
            runAtEnd();
            connection.exchanges().settle(this);
        });
    }

    private void count(ErrorCode code, String reason) {
        if (code == null) {
            connection.countAnswer();
        } else {
            edge.counters().countExchangeEnd(code);
            connection.logEnd("exchange [{}] of device [{}] ended with {}: {}", id(), device(), code,
                    Text.plain(reason));
        }
    }

    private void runAtEnd() {
        List<Runnable> tasks;
        synchronized (atEnd) {
            finished = true;
            tasks = List.copyOf(atEnd);
        }
        tasks.forEach(this::runAtEnd);
    }

    private void runAtEnd(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            edge.fault("what was to run at the end of exchange [" + id() + "] of device [" + device() + "]", e);
        }
    }

    @Override
    public void onEnd(Runnable task) {
        synchronized (atEnd) {
            if (!finished) {
                atEnd.add(task);
                return;
            }
        }
        connection.onLoop(() -> runAtEnd(task));
    }

    @Override
    public void part(int kind, byte[] bytes) {
        Part part = new Part(kind, bytes);
        if (!cancelled()) {
            outgoing.add(part);
        }
    }

    @Override
    public void done(AnswerSummary summary) {
        close(Done.toFrame(id(), summary.withArrived(bytesReceived(), slices.used(), slicesAnnounced())), null, null);
    }

    @Override
    public void fail(ErrorCode code, String reason) {
        if (!code.travels()) {
            throw new IllegalArgumentException("failing exchange [" + id() + "] with [" + code
                    + "], needed a code that may travel, such as ANSWER_FAILED");
        }
        close(Failure.of(code, reason).toFrame(id()), code, reason);
    }

    @Override
    public void disconnect(ErrorCode code, String reason) {
        connection.onLoop(() -> connection.broken(new FrameException(code, reason)));
    }

    @Override
    public boolean cancelled() {
        return stage.get() != Stage.OPEN;
    }

    /** Any thread. */
    boolean ended() {
        return stage.get() == Stage.ENDED;
    }

    @Override
    public String device() {
        return connection.device();
    }

    @Override
    public String fingerprint() {
        return connection.greeting().peer().fingerprint();
    }

    /** Any thread. */
    void onLoop(Runnable task) {
        connection.onLoop(task);
    }
}
