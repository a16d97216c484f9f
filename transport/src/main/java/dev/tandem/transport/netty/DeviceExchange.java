package dev.tandem.transport.netty;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.frame.Words;
import dev.tandem.transport.session.Repair;
import dev.tandem.transport.session.SlicePlan;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One exchange on the device. Frames are fed on the event loop; the first end wins. */
final class DeviceExchange implements Exchange {
    private final DeviceExchanges exchanges;
    private final long id;
    private final AskRequest request;
    private final Consumer<String> words;
    private final CompletableFuture<AnswerSummary> answer = new CompletableFuture<>();
    private final StringBuffer text = new StringBuffer();
    private volatile long bytesSent;
    private volatile int offeredAgain;
    private int wordsSequence;
    private volatile ScheduledFuture<?> deadline;
    private Repair repair;
    private SlicePlan plan;

    DeviceExchange(DeviceExchanges exchanges, long id, AskRequest request, Consumer<String> words) {
        this.exchanges = exchanges;
        this.id = id;
        this.request = request;
        this.words = words;
    }

    AskRequest request() {
        return request;
    }

    int[] sliceBytes() {
        return request.slices().stream().mapToInt(each -> each.length).toArray();
    }

    /** The ASK of the request; a deadline beyond the field counts as the edge's longest. */
    Ask ask(long decodeWaitMillis) {
        int millis = (int) Math.min(Integer.MAX_VALUE, request.deadline().toMillis());
        boolean some = request.deadline().isPositive();
        return new Ask(request.operatingPointId(), request.slices().size(), some ? Math.max(1, millis) : 0,
                (int) Math.min(Integer.MAX_VALUE, decodeWaitMillis), request.answerTokenLimit(),
                request.operatingPointName(), request.question());
    }

    /** SLICE frames, the most important first; counts them and the ASK as sent. */
    List<Frame> frames(Ask ask) {
        List<Frame> frames = new ArrayList<>(request.slices().size());
        for (int i = 0; i < request.slices().size(); i++) {
            frames.add(slice(i));
        }
        bytesSent = ask.toFrame(id).bytes() + frames.stream().mapToLong(Frame::bytes).sum();
        return frames;
    }

    private Frame slice(int index) {
        return new Frame(FrameType.SLICE, id, index, request.slices().get(index));
    }

    /** Everything has been handed to the wire, which sends so fast. Event loop only. */
    void sent(SlicePlan plan, long decodeWaitMillis, long bytesPerSecond, long now) {
        this.plan = plan;
        int count = request.slices().size();
        repair = decodeWaitMillis == 0
                ? Repair.always(count)
                : Repair.until(count, now + TimeUnit.MILLISECONDS.toNanos(decodeWaitMillis));
        long ahead = 0; // a thin link is busy with the slices before it: one that has not left is not missing
        for (int i = 0; i < count; i++) {
            ahead += slice(i).bytes();
            repair.offered(i, now + ahead * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
        }
    }

    /** Slices that the edge misses and that may still be in time. Event loop only. */
    List<Frame> again(Received received, long now, long rttNanos) {
        if (received.slices() != request.slices().size()) {
            throw FrameException.malformed("RECEIVED slices", received.slices(),
                    "the announced " + request.slices().size());
        }
        List<Frame> frames = new ArrayList<>();
        for (int index : repair.again(received.bitmap(), now, rttNanos)) {
            if (plan.reliable(index)) {
                continue; // the stream brings it
            }
            Frame frame = slice(index);
            repair.offered(index, now);
            bytesSent += frame.bytes();
            offeredAgain++;
            frames.add(frame);
        }
        return frames;
    }

    /** The clock that gives up. Event loop only. */
    void deadline(ScheduledFuture<?> timer) {
        deadline = timer;
    }

    /** Takes WORDS. Event loop only. */
    void take(Frame frame) {
        int ahead = frame.sequence() - wordsSequence & FrameHeader.MAX_SEQUENCE;
        if (ahead > FrameHeader.MAX_SEQUENCE / 2) {
            return; // repeated after a change of address
        }
        if (ahead != 0) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "WORDS [" + frame.sequence() + "] of exchange [" + id
                    + "], needed the next, " + wordsSequence);
        }
        wordsSequence = wordsSequence + 1 & FrameHeader.MAX_SEQUENCE;
        String piece = Words.read(frame);
        text.append(piece);
        try {
            words.accept(piece);
        } catch (RuntimeException e) {
            end(ErrorCode.CANCELLED, "the taker of the words failed: " + e, e);
            exchanges.giveUp(this);
        }
    }

    void done(AnswerSummary summary) {
        stopClock();
        answer.complete(summary);
    }

    /** Ends without an answer; false when it had ended already. Any thread; {@code code} may be null, see {@link PeerException}. */
    boolean end(ErrorCode code, String reason, Throwable cause) {
        stopClock();
        return answer.completeExceptionally(
                new PeerException(exchanges.connection().remote(), id, code, reason, cause));
    }

    boolean ended() {
        return answer.isDone();
    }

    private void stopClock() {
        ScheduledFuture<?> timer = deadline;
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
    public String text() {
        return text.toString();
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }

    @Override
    public int offeredAgain() {
        return offeredAgain;
    }

    @Override
    public void cancel() {
        exchanges.cancel(this);
    }
}
