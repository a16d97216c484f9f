package dev.tandem.transport.device;

/**
 * Takes the parts of an answer, in order, on the client's event loop: must not block. An exception gives the exchange
 * up.
 */
@FunctionalInterface
public interface PartTaker {
    /**
     * One part, as the edge sent it.
     *
     * @param kind 0 to 255; the link does not know what it means
     * @param bytes at least one; the taker may keep them
     */
    void part(int kind, byte[] bytes);
}
