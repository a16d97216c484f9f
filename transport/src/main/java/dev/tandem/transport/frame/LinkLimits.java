package dev.tandem.transport.frame;

import java.time.Duration;

/**
 * What an edge takes from one connection; it tells the device in HELLO_ACK (docs/wire.md, section 4). Immutable.
 *
 * @param taskBytes longest body of a task, up to 65,535
 * @param slices most slices of an exchange, up to 65,535
 * @param sliceBytes largest slice in bytes, up to {@link FrameHeader#MAX_PAYLOAD_BYTES}
 * @param exchangeBytes most slice bytes of one exchange
 * @param inFlight most exchanges of one connection that have no terminal frame yet
 * @param longestDeadline an ASK that wants more, or names none, gets this
 * @param idle silence after which a connection is closed
 */
public record LinkLimits(int taskBytes, int slices, int sliceBytes, int exchangeBytes, int inFlight,
        Duration longestDeadline, Duration idle) {

    public LinkLimits {
        requireRange("taskBytes", taskBytes, 1, 0xFFFF);
        requireRange("slices", slices, 0, 0xFFFF);
        requireRange("sliceBytes", sliceBytes, 1, FrameHeader.MAX_PAYLOAD_BYTES);
        requireRange("exchangeBytes", exchangeBytes, 1, Integer.MAX_VALUE);
        requireRange("inFlight", inFlight, 1, 0xFFFF);
        requireRange("longestDeadline ms", longestDeadline.toMillis(), 1, Integer.MAX_VALUE);
        requireRange("idle ms", idle.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** The defaults of docs/wire.md, section 4. */
    public static LinkLimits defaults() {
        return new LinkLimits(8_192, 1_024, 1 << 20, 4 << 20, 64, Duration.ofSeconds(120), Duration.ofSeconds(4));
    }

    private static void requireRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "link limits: " + what + " [" + value + "], needed " + min + " to " + max);
        }
    }
}
