package dev.tandem.method;

import dev.tandem.task.Task;
import java.util.List;
import java.util.Set;

/**
 * A head of one pack, its settings read and checked, nothing opened. Immutable; any thread.
 *
 * @param <E> the evidence that it reads
 */
public interface HeadSection<E extends Evidence> {
    /** As in the pack. */
    String name();

    /** The evidence that it reads. */
    Class<E> reads();

    /** The tasks that it answers. */
    Set<Class<? extends Task>> answers();

    /** Opens its graphs on this thread. */
    Head<E> open(Host host, HeadLimits limits);

    /** Runs its golden vectors; a vector that cannot run gives a failed result, not an exception. */
    List<GoldenResult> replay(Host host);
}
