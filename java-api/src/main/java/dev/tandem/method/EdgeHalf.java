package dev.tandem.method;

/** The edge half of a method: slices in, evidence out. Made and closed on one thread, which owns what it opened. */
public interface EdgeHalf extends AutoCloseable {
    /**
     * Begins with one exchange's picture. Any thread.
     *
     * @param announced slices that the device sends
     * @param tiles     crops that they belong to
     * @throws IllegalArgumentException if the operating point belongs to another method, or for a number of tiles that
     *        the
     *                                  method does not take
     */
    Decoding begin(Point point, int announced, int tiles);

    @Override
    void close();
}
