package dev.tandem.transport.session;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.LinkLimits;

/** An edge's limits on an exchange: the device asks before it sends, the edge when it arrives. */
public final class AskCheck {
    private AskCheck() {
    }

    /** Null when the exchange is within the limits; {@code inFlight}: others of its connection that have not ended. */
    public static Failure refusal(int taskBytes, int slices, int inFlight, LinkLimits limits) {
        if (taskBytes > limits.taskBytes()) {
            return Failure.of(ErrorCode.TASK_TOO_LARGE, "a task of [" + taskBytes
                    + "] bytes, the edge takes at most " + limits.taskBytes());
        }
        if (slices > limits.slices()) {
            return Failure.of(ErrorCode.TOO_MANY_SLICES,
                    "[" + slices + "] slices, the edge takes at most " + limits.slices());
        }
        if (inFlight >= limits.inFlight()) {
            return Failure.of(ErrorCode.TOO_MANY_EXCHANGES, "[" + inFlight
                    + "] exchanges in flight already, the edge takes at most " + limits.inFlight() + "; wait for one");
        }
        return null;
    }

    /** The same on the device, where the slices are at hand too. */
    public static Failure refusal(int taskBytes, int[] sliceBytes, int inFlight, LinkLimits limits) {
        long total = 0;
        for (int bytes : sliceBytes) {
            total += bytes;
            if (bytes > limits.sliceBytes() || total > limits.exchangeBytes()) {
                return Failure.of(ErrorCode.EXCHANGE_TOO_LARGE, "a slice of [" + bytes + "] bytes, [" + total
                        + "] bytes so far, the edge takes at most " + limits.sliceBytes() + " a slice and "
                        + limits.exchangeBytes() + " an exchange");
            }
        }
        return refusal(taskBytes, sliceBytes.length, inFlight, limits);
    }
}
