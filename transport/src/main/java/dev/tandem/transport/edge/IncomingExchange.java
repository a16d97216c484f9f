package dev.tandem.transport.edge;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import java.util.List;

/**
 * One question on the edge, with the slices that arrived in time. Lives as long as the call of its {@link ExchangeHandler}; the handler may use other
 * threads meanwhile. After the first of done, fail, cancel, deadline or loss of the connection, words and
 * ends are ignored: the device already has its reason.
 */
public interface IncomingExchange {
    /** Name of the device, from its certificate (subject common name). */
    String device();

    /** Exchange id, unique in its connection. */
    long id();

    String question();

    /** Operating point id of the pack; 0 when the device named it instead. */
    int operatingPointId();

    /** Operating point name; empty when the device sent the id. */
    String operatingPointName();

    /** Answer tokens the device wants at most; 0 leaves it to the edge. */
    int answerTokenLimit();

    /**
     * Slices that are here, in order of their index, most important first; fewer than {@link #slicesAnnounced} when some were lost
     * and the wait was over, never none of some. The caller may keep them.
     */
    List<byte[]> slices();

    /** Slices that the device announced; 0 for a question without a picture. */
    int slicesAnnounced();

    /** Header and payload bytes of this exchange's frames so far. */
    long bytesReceived();

    /** {@link System#nanoTime()} when the ASK frame arrived. */
    long arrivedNanos();

    /**
     * Sends words now, as their own frame; blocks while the device reads slower than words come. Empty text sends nothing.
     */
    void words(String text);

    /** Ends the exchange with its summary. Bytes received are filled in by the transport. */
    void done(AnswerSummary summary);

    /** Ends the exchange with a reason in words, code ANSWER_FAILED. */
    default void fail(String reason) {
        fail(ErrorCode.ANSWER_FAILED, reason);
    }

    /** Ends the exchange with a code that may travel and a reason in words. */
    void fail(ErrorCode code, String reason);

    /** Whether nobody waits for the answer any more: look often, stop early. */
    boolean cancelled();
}
