package dev.tandem.method;

import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.Map;

/** Evidence as a head holds it, ready for any number of tasks. On the thread of its head; closed before it. */
public interface Reading extends AutoCloseable {
    /**
     * Answers one task, part by part.
     *
     * @throws IllegalArgumentException for a task that the head does not answer
     */
    Tally answer(Task task, Sink sink);

    /** Bytes that it holds, on and off the heap, for who keeps several. */
    long bytes();

    /** Nanoseconds that reading took, by stage, in order. */
    Map<String, Long> stageNanos();

    @Override
    void close();
}
