package dev.tandem.method;

import dev.tandem.task.Task;
import java.util.List;
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

    /**
     * What evidence must have alike to be read in one run of the graph, such as how many patches there are; null where
     * each is read alone. Cheap.
     *
     * @param evidence not null
     */
    default Object alike(E evidence) {
        return null;
    }

    /**
     * Reads in one run what is alike.
     *
     * @param evidence each passed {@link #check}, all with equal {@link #alike}; at least one
     * @return as {@link #read}'s, in the same order; time of the whole in the first one's stages
     */
    default List<Reading> readTogether(List<E> evidence) {
        return evidence.stream().map(this::read).toList();
    }

    @Override
    void close();
}
