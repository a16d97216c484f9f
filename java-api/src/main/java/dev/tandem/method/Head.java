package dev.tandem.method;

import dev.tandem.task.Task;
import java.util.function.BooleanSupplier;

/**
 * Turns evidence into parts of an answer. Made, used and closed on one thread; its readings are closed before it.
 *
 * @param <E> the evidence that it reads
 */
public interface Head<E extends Evidence> extends AutoCloseable {
    /**
     * Refuses a task that cannot be done with this evidence, before any work is done for it; cheap.
     *
     * @param evidence null for a task without a picture
     * @throws IllegalArgumentException in words
     */
    default void check(E evidence, Task task) {
        // Whatever it can read it can answer.
    }

    /** As {@link #read(Evidence, BooleanSupplier)}, for somebody who waits. */
    default Reading read(E evidence) {
        return read(evidence, () -> false);
    }

    /**
     * Reads evidence.
     *
     * @param evidence null for a task without a picture
     * @param cancelled asked between the steps of what takes long
     * @return null once it is cancelled; nothing is left behind then
     * @throws IllegalArgumentException for null where the head can do nothing without a picture
     */
    Reading read(E evidence, BooleanSupplier cancelled);

    @Override
    void close();
}
