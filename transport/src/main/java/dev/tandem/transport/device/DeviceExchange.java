package dev.tandem.transport.device;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Words;
import dev.tandem.transport.session.PeerException;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One exchange on the device. Frames are fed on the event loop; the first end wins. */
final class DeviceExchange implements Exchange {
    /** Times that a question is asked anew; one that has cost two connections is not worth a third. */
    private static final int MOST_MOVES = 2;

    private volatile DeviceExchanges exchanges;
    private volatile long id;
    private final AskRequest request;
    private final Consumer<String> words;
    private final CompletableFuture<AnswerSummary> answer = new CompletableFuture<>();
    private final StringBuffer text = new StringBuffer();
    private volatile Upload upload;
    private volatile long earlierBytes;
    private volatile int earlierOffers;
    private int moves;
    private int wordsSequence;
    private volatile ScheduledFuture<?> deadline;
    private long deadlineNanos;

    DeviceExchange(DeviceExchanges exchanges, long id, AskRequest request, Consumer<String> words) {
        this.exchanges = exchanges;
        this.id = id;
        this.request = request;
        this.words = words;
        this.upload = new Upload(id, request);
    }

    AskRequest request() {
        return request;
    }

    Upload upload() {
        return upload;
    }

    /** Whether it may be asked anew: nothing of the answer has come. Event loop only. */
    boolean movable() {
        return !ended() && wordsSequence == 0 && moves < MOST_MOVES;
    }

    /** It is asked anew, as this exchange of another connection. Event loop only. */
    void move(DeviceExchanges to, long newId) {
        moves++;
        earlierBytes += upload.bytesSent();
        earlierOffers += upload.offeredAgain();
        exchanges = to;
        id = newId;
        upload = new Upload(newId, request);
    }

    /** Tells the edge that nobody waits any more. Event loop only. */
    void giveUp() {
        exchanges.giveUp(this);
    }

    /** The clock that gives up. Event loop only. */
    void deadline(long atNanos, ScheduledFuture<?> timer) {
        deadlineNanos = atNanos;
        deadline = timer;
    }

    long deadlineNanos() {
        return deadlineNanos;
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
            giveUp();
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
        return earlierBytes + upload.bytesSent();
    }

    @Override
    public int offeredAgain() {
        return earlierOffers + upload.offeredAgain();
    }

    @Override
    public void cancel() {
        exchanges.cancel(this);
    }
}
