package dev.tandem.transport.device;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.SlicePlan;
import dev.tandem.transport.wire.Wire;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One exchange on the device, from the question to its end, and the owner of all its state, whichever connection it is
 * on: what goes up, which parts have come, its clocks, its end. Loop only, except where said; the first end wins.
 */
final class DeviceExchange implements Exchange {
    /** Times that a question is asked anew; one that has cost two connections is not worth a third. */
    private static final int MOST_MOVES = 2;

    private final EventLoop loop;
    private final SocketAddress edge;
    private final AskRequest request;
    private final PartTaker taker;
    private final CompletableFuture<AnswerSummary> answer = new CompletableFuture<>();
    private final long askedNanos = System.nanoTime();
    /** Null while no connection has it. */
    private volatile DeviceExchanges table;
    private volatile long id;
    /** Null until it is sent. */
    private volatile Upload upload;
    private volatile long earlierBytes;
    private volatile int earlierOffers;
    private volatile ScheduledFuture<?> deadline;
    private volatile ScheduledFuture<?> patience;
    private long deadlineNanos;
    private int moves;
    private int partSequence;
    private boolean heard;

    /** {@code edge}: its address as it was given. */
    DeviceExchange(EventLoop loop, SocketAddress edge, AskRequest request, PartTaker taker) {
        this.loop = loop;
        this.edge = edge;
        this.request = request;
        this.taker = taker;
    }

    AskRequest request() {
        return request;
    }

    /** Whether it may be asked anew: nothing of the answer has come. */
    boolean movable() {
        return !ended() && !heard && moves < MOST_MOVES;
    }

    /** Its connection is lost, and it may be asked anew. */
    void released() {
        moves++;
        if (upload != null) {
            earlierBytes += upload.bytesSent();
            earlierOffers += upload.offeredAgain();
            upload = null;
        }
        table = null;
    }

    /** No connection has it for now: {@code over} runs when none has taken it in so long. */
    void hold(long nanos, Runnable over) {
        patience = scheduled(over, nanos);
    }

    /** Nanoseconds since it was asked. */
    long askedForNanos(long now) {
        return now - askedNanos;
    }

    /** Nanoseconds that are left of its own deadline; {@link Long#MAX_VALUE} when it names none. */
    long leftNanos() {
        return request.deadline().isZero()
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(request.deadline().toMillis()) - (System.nanoTime() - askedNanos);
    }

    /** A connection takes it, whose edge allows so long a deadline; the clock of an earlier one runs on. */
    void taken(DeviceExchanges by, Duration longest) {
        table = by;
        stop(patience);
        if (deadline != null) {
            return;
        }
        boolean own = !request.deadline().isZero();
        long millis = own ? Math.clamp(request.deadline().toMillis(), 1, longest.toMillis()) : longest.toMillis();
        deadlineNanos = (own ? askedNanos : System.nanoTime()) + TimeUnit.MILLISECONDS.toNanos(millis);
        deadline = scheduled(() -> {
            if (end(ErrorCode.DEADLINE_EXCEEDED, "no answer within the deadline of [" + millis + "] ms", null)) {
                giveUp();
            }
        }, deadlineNanos - System.nanoTime());
    }

    private ScheduledFuture<?> scheduled(Runnable task, long nanos) {
        ScheduledFuture<?> timer = loop.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (ended()) {
            timer.cancel(false); // ended on another thread meanwhile, which could not see it
        }
        return timer;
    }

    /** It goes up, as this exchange of its connection. */
    void send(long newId, Wire wire, LinkWatch watch, double reliableShare) {
        id = newId;
        Upload up = new Upload(newId, request);
        upload = up;
        SlicePlan plan = SlicePlan.of(up.sliceBytes(), request.need(), reliableShare, wire.datagramBytes());
        wire.ask(newId, up.depart(plan, watch.state(), wire.datagramBytes(), System.nanoTime(), deadlineNanos));
        watch.busy(up.bytesSent());
        listen(up, wire);
    }

    /** Looks, at the time for it, whether the edge seems to have heard nothing of it. */
    private void listen(Upload up, Wire wire) {
        long wait = up.unheardInNanos(System.nanoTime());
        if (wait != Long.MAX_VALUE) {
            loop.schedule(() -> {
                if (upload == up && !ended()) {
                    up.unheard(System.nanoTime(), wire.lastReadNanos()).forEach(wire::offer);
                    listen(up, wire);
                }
            }, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** The edge says which slices it has: what is missing is offered again while it can be in time. */
    void received(Received received, Wire wire, long rttNanos) {
        if (!ended()) {
            upload.again(received, System.nanoTime(), rttNanos).forEach(wire::offer);
        }
    }

    /** Takes a PART. */
    void part(Frame frame) {
        int ahead = frame.sequence() - partSequence & FrameHeader.MAX_SEQUENCE;
        if (ahead > FrameHeader.MAX_SEQUENCE / 2) {
            return; // repeated after a change of address
        }
        if (ahead != 0) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "PART [" + frame.sequence() + "] of exchange [" + id
                    + "], needed the next, " + partSequence);
        }
        Part part = Part.read(frame);
        heard = true;
        partSequence = partSequence + 1 & FrameHeader.MAX_SEQUENCE;
        try {
            taker.part(part.kind(), part.bytes());
        } catch (RuntimeException e) {
            end(ErrorCode.CANCELLED, "the taker of the parts failed: " + e, e);
            giveUp();
        }
    }

    void done(AnswerSummary summary) {
        stopClocks();
        answer.complete(summary);
    }

    /** Ends without an answer, with the reason of its link. */
    void end(PeerException why) {
        end(why.code(), why.reason(), why.getCause());
    }

    /**
     * Ends without an answer; false when it had ended already. Any thread; {@code code} may be null, see {@link
     * PeerException}.
     */
    boolean end(ErrorCode code, String reason, Throwable cause) {
        DeviceExchanges by = table;
        boolean first = answer.completeExceptionally(
                new PeerException(by == null ? edge : by.remote(), id, code, reason, cause));
        stopClocks();
        return first;
    }

    /** Any thread. */
    boolean ended() {
        return answer.isDone();
    }

    /** Tells the edge, if it knows of it, that nobody waits any more. */
    void giveUp() {
        if (table != null) {
            table.giveUp(this);
        }
    }

    private void stopClocks() {
        stop(deadline);
        stop(patience);
    }

    private static void stop(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public CompletableFuture<AnswerSummary> answer() {
        return answer;
    }

    @Override
    public long bytesSent() {
        Upload now = upload;
        return earlierBytes + (now == null ? 0 : now.bytesSent());
    }

    @Override
    public int offeredAgain() {
        Upload now = upload;
        return earlierOffers + (now == null ? 0 : now.offeredAgain());
    }

    @Override
    public BitSet received() {
        Upload now = upload;
        return now == null ? new BitSet() : now.received();
    }

    @Override
    public void cancel() {
        if (end(ErrorCode.CANCELLED, "the device gave up", null)) {
            try {
                loop.execute(this::giveUp);
            } catch (RejectedExecutionException e) {
                // the loop has gone, and its connections with it
            }
        }
    }
}
