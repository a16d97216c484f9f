package dev.tandem.transport.device;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.PeerException;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/** A task on its way, as the device sees it. Thread safe. */
public interface Exchange {
    /**
     * Exchange id, unique in its connection; 0 until it is sent, another one when the connection was lost and the task
     * is asked anew on the next.
     */
    long id();

    /**
     * Completes with the summary after the last part was handed over, or exceptionally with a {@link PeerException}
     * that says why not. Completed on the client's event loop: do not block in dependent stages.
     */
    CompletableFuture<AnswerSummary> answer();

    /** Frame bytes (headers and payloads) sent for this exchange, slices that were offered again included. */
    long bytesSent();

    /** Slices that were sent more than once because the edge missed them. */
    int offeredAgain();

    /** Slices that were at the edge when it last said so, by index; none where it has not. A copy. */
    BitSet received();

    /** Gives up: the answer completes with CANCELLED and the edge stops. Nothing happens after the end. */
    void cancel();
}
