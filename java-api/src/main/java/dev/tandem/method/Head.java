package dev.tandem.method;

/**
 * Turns evidence into parts of an answer. Made, used and closed on one thread; its readings are closed before it.
 *
 * @param <E> the evidence that it reads
 */
public interface Head<E extends Evidence> extends AutoCloseable {
    /**
     * Reads evidence.
     *
     * @param evidence null for a task without a picture
     * @throws IllegalArgumentException for null where the head can do nothing without a picture
     */
    Reading read(E evidence);

    @Override
    void close();
}
