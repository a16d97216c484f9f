package dev.tandem.transport.wire;

import io.netty.channel.Channel;

/**
 * Stops reading from a device that does not read: while more than {@value #SHUT_BYTES} bytes of what the edge says in
 * answer to its frames wait to leave, nothing more is read that would be answered. Parts of answers do not count: they
 * leave only while the device reads, and it must be able to cancel meanwhile. Shut too once the connection is being
 * ended. Loop only, except where said.
 */
final class ReadGate {
    static final int SHUT_BYTES = 64 << 10;
    private static final int OPEN_BYTES = SHUT_BYTES / 2;

    private final Runnable turn;
    private long waiting;
    private boolean shut;
    private boolean ended;
    private long turnedNanos = System.nanoTime();

    /** {@code turn} runs when it has opened or shut. */
    ReadGate(Runnable turn) {
        this.turn = turn;
    }

    /** The channel behind a gate goes on, or stops: first what was read already, then its socket. */
    static void turned(Channel channel) {
        FrameDecoder decoder = channel.pipeline().get(FrameDecoder.class);
        if (decoder != null) {
            decoder.turned();
        }
    }

    /** Shuts it for good: nothing that comes counts any more. */
    void end() {
        ended = true;
        if (!shut) {
            turn(true);
        }
    }

    void written(int bytes) {
        waiting += bytes;
        if (!shut && waiting > SHUT_BYTES) {
            turn(true);
        }
    }

    void left(int bytes) {
        waiting -= bytes;
        if (shut && !ended && waiting <= OPEN_BYTES) {
            turn(false);
        }
    }

    private void turn(boolean now) {
        shut = now;
        turnedNanos = System.nanoTime();
        turn.run();
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
