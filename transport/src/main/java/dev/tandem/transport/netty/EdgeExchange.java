package dev.tandem.transport.netty;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Words;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One exchange on the edge. Slices are gathered on the event loop; when the last is here the exchange is handed to the answer pool and
 * they no longer change. The first end wins, whoever brings it: handler, deadline, cancel or loss of the connection.
 */
final class EdgeExchange implements IncomingExchange {
    private static final int WRITABLE_POLL_MILLIS = 100;

    private final EdgeConnection connection;
    private final long id;
    private final Ask ask;
    private final byte[][] slices;
    private final long arrivedNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private int gathered;
    private long sliceBytes;
    private volatile long frameBytes;
    private int wordsSequence;

    EdgeExchange(EdgeConnection connection, long id, Ask ask, int askBytes) {
        this.connection = connection;
        this.id = id;
        this.ask = ask;
        this.slices = new byte[ask.slices()][];
        this.frameBytes = askBytes;
    }

    /** Whether a slice of this index is here already. Event loop only. */
    boolean has(int index) {
        return slices[index] != null;
    }

    /** Keeps a slice; returns slice bytes gathered so far. Event loop only. */
    long add(Frame frame) {
        slices[frame.sequence()] = frame.payload();
        gathered++;
        frameBytes = frameBytes + frame.bytes();
        sliceBytes += frame.payload().length;
        return sliceBytes;
    }

    int announced() {
        return slices.length;
    }

    boolean complete() {
        return gathered == slices.length;
    }

    /** Ends with a code; false when it had ended already. Any thread. */
    boolean end(ErrorCode code, String reason) {
        Frame terminal = code.travels() ? Failure.of(code, reason).toFrame(id) : null;
        boolean first = end(terminal);
        if (first) {
            connection.countEnd(this, code, reason);
        }
        return first;
    }

    private boolean end(Frame terminal) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        connection.exchangeEnded(this, terminal);
        return true;
    }

    @Override
    public String device() {
        return connection.device();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String question() {
        return ask.question();
    }

    @Override
    public int operatingPointId() {
        return ask.operatingPointId();
    }

    @Override
    public String operatingPointName() {
        return ask.operatingPointName();
    }

    @Override
    public int answerTokenLimit() {
        return ask.answerTokenLimit();
    }

    @Override
    public List<byte[]> slices() {
        return List.copyOf(Arrays.asList(slices));
    }

    @Override
    public long bytesReceived() {
        return frameBytes;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public synchronized void words(String text) {
        for (Frame frame : Words.toFrames(id, wordsSequence, text)) {
            connection.awaitWritable(this, WRITABLE_POLL_MILLIS);
            if (cancelled()) {
                return;
            }
            connection.send(frame);
            wordsSequence++;
        }
    }

    @Override
    public void done(AnswerSummary summary) {
        if (end(Done.toFrame(id, summary.withBytesReceived(frameBytes)))) {
            connection.countAnswer();
        }
    }

    @Override
    public void fail(ErrorCode code, String reason) {
        if (!code.travels()) {
            throw new IllegalArgumentException(
                    "failing exchange [" + id + "] with [" + code
                            + "], needed a code that may travel, such as ANSWER_FAILED");
        }
        end(code, reason);
    }

    @Override
    public boolean cancelled() {
        return ended.get();
    }
}
