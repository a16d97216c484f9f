package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;

/** Something that waits for the model: a task that came over the link, or over an API. */
public interface Work {
    /** Which device asked, by what no other has: queues, turns and refusals go by it. */
    String device();

    /** Does it, on the model thread. What it throws is told with {@link #refused} and ANSWER_FAILED. */
    void run();

    /** Told instead of {@link #run}, or after it failed; once, on any thread; must not block. */
    void refused(ErrorCode code, String why);

    /** Whether nobody waits for it any more. Any thread, cheap. */
    boolean cancelled();
}
