package dev.tandem.transport.edge;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Words;
import dev.tandem.transport.session.Gathering;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One exchange on the edge. Slices are gathered on the event loop; when answering begins the exchange is handed to the answer pool with
 * those that are here, and they no longer change. The first end wins, whoever brings it: handler, deadline, cancel or loss of the
 * connection.
 */
final class EdgeExchange implements IncomingExchange {
    private static final int WRITABLE_POLL_MILLIS = 100;

    private final EdgeConnection connection;
    private final long id;
    private final Ask ask;
    private final Gathering gathering;
    private final long arrivedNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile List<byte[]> slices = List.of();
    private volatile long frameBytes;
    private int wordsSequence;

    EdgeExchange(EdgeConnection connection, long id, Ask ask, int askBytes, Gathering gathering) {
        this.connection = connection;
        this.id = id;
        this.ask = ask;
        this.frameBytes = askBytes;
        this.gathering = gathering;
    }

    /** Event loop only. */
    Gathering gathering() {
        return gathering;
    }

    /** Header and payload bytes of a slice that came, whatever became of it. Event loop only. */
    void count(int bytes) {
        frameBytes = frameBytes + bytes;
    }

    /** What is here is what will be answered from. Event loop only. */
    void begin() {
        gathering.begin();
        slices = List.copyOf(gathering.slices());
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
        return slices;
    }

    @Override
    public int slicesAnnounced() {
        return ask.slices();
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
        if (end(Done.toFrame(id, summary.withArrived(frameBytes, slices.size(), ask.slices())))) {
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
