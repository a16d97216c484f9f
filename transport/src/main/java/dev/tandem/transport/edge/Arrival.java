package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Slice;
import java.util.List;

/**
 * Hears how the slices of one exchange arrive, until the exchange has ended. Called on the exchange's event loop, so
 * never at once: must return at once. An exception fails the exchange with ANSWER_FAILED and its words.
 */
public interface Arrival {
    /** Slices that are new, each once, in the order in which they came; also those that came before their ASK. */
    void slices(List<Slice> fresh);

    /**
     * Once: answering may begin, because all slices are here, or because the decode wait is over and what the ASK needs
     * is here; for a task without slices at once. No slice follows.
     */
    void ready();
}
