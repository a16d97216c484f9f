package dev.tandem.transport.netty;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Words;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One exchange on the device. Frames are fed on the event loop; the first end wins. */
final class DeviceExchange implements Exchange {
    private final DeviceConnection connection;
    private final long id;
    private final AskRequest request;
    private final Consumer<String> words;
    private final CompletableFuture<AnswerSummary> answer = new CompletableFuture<>();
    private final StringBuffer text = new StringBuffer();
    private volatile long bytesSent;
    private int wordsSequence;
    private volatile ScheduledFuture<?> deadline;

    DeviceExchange(DeviceConnection connection, long id, AskRequest request, Consumer<String> words) {
        this.connection = connection;
        this.id = id;
        this.request = request;
        this.words = words;
    }

    /** The ASK of the request; a deadline beyond the field counts as the edge's longest. */
    Ask ask() {
        int millis = (int) Math.min(Integer.MAX_VALUE, request.deadline().toMillis());
        boolean some = request.deadline().isPositive();
        return new Ask(request.operatingPointId(), request.slices().size(), some ? Math.max(1, millis) : 0,
                request.answerTokenLimit(), request.operatingPointName(), request.question());
    }

    /** ASK and SLICE frames in the order they are sent. */
    List<Frame> frames(Ask ask) {
        List<Frame> frames = new ArrayList<>(1 + request.slices().size());
        frames.add(ask.toFrame(id));
        for (int i = 0; i < request.slices().size(); i++) {
            frames.add(new Frame(FrameType.SLICE, id, i, request.slices().get(i)));
        }
        bytesSent = frames.stream().mapToLong(Frame::bytes).sum();
        return frames;
    }

    List<byte[]> slices() {
        return request.slices();
    }

    /** The clock that gives up. Event loop only. */
    void deadline(ScheduledFuture<?> timer) {
        deadline = timer;
    }

    /** Takes WORDS. Event loop only. */
    void take(Frame frame) {
        if (frame.sequence() != wordsSequence) {
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
            connection.giveUp(this);
        }
    }

    void done(AnswerSummary summary) {
        stopClock();
        answer.complete(summary);
    }

    /** Ends without an answer; false when it had ended already. Any thread; {@code code} may be null, see {@link PeerException}. */
    boolean end(ErrorCode code, String reason, Throwable cause) {
        stopClock();
        return answer.completeExceptionally(new PeerException(connection.remote(), id, code, reason, cause));
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
    public void cancel() {
        connection.cancel(this);
    }
}
