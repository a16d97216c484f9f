package dev.tandem.transport.wire;

import java.util.function.Consumer;

/**
 * Stops reading from a device that does not read: while more than {@value #SHUT_BYTES} bytes of what the edge says in
 * answer to its frames wait to leave, nothing more is read that would be answered. Parts of answers do not count: they
 * leave only while the device reads, and it must be able to cancel meanwhile. Loop only, except where said.
 */
final class ReadGate {
    static final int SHUT_BYTES = 64 << 10;
    private static final int OPEN_BYTES = SHUT_BYTES / 2;

    private final Consumer<Boolean> reading;
    private long waiting;
    private boolean shut;
    private long turnedNanos = System.nanoTime();

    /** {@code reading} is told whether to read, when that changes. */
    ReadGate(Consumer<Boolean> reading) {
        this.reading = reading;
    }

    void written(int bytes) {
        waiting += bytes;
        if (!shut && waiting > SHUT_BYTES) {
            turn(true);
        }
    }

    void left(int bytes) {
        waiting -= bytes;
        if (shut && waiting <= OPEN_BYTES) {
            turn(false);
        }
    }

    private void turn(boolean now) {
        shut = now;
        turnedNanos = System.nanoTime();
        reading.accept(!now);
    }

    /** How long nothing has been read; 0: it is read. */
    long pausedNanos() {
        return shut ? Math.max(1, System.nanoTime() - turnedNanos) : 0;
    }

    /** When something was read last, as far as anybody has looked: not before the last pause was over. */
    long lastReadNanos(long seen) {
        return shut || seen - turnedNanos > 0 ? seen : turnedNanos;
    }
}
