package dev.tandem.transport.session;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.LinkLimits;
import java.nio.charset.StandardCharsets;

/** An edge's limits on a question: the device asks before it sends, the edge when it arrives. */
public final class AskCheck {
    private AskCheck() {
    }

    /** Null when the question is within the limits. */
    public static Failure refusal(Ask ask, int questionBytes, int inFlight, LinkLimits limits) {
        if (questionBytes > limits.questionBytes()) {
            return Failure.of(ErrorCode.QUESTION_TOO_LONG, "a question of [" + questionBytes
                    + "] bytes, the edge takes at most " + limits.questionBytes());
        }
        if (ask.slices() > limits.slices()) {
            return Failure.of(ErrorCode.TOO_MANY_SLICES,
                    "[" + ask.slices() + "] slices, the edge takes at most " + limits.slices());
        }
        if (inFlight >= limits.inFlight()) {
            return Failure.of(ErrorCode.TOO_MANY_EXCHANGES, "[" + inFlight
                    + "] exchanges in flight already, the edge takes at most " + limits.inFlight() + "; wait for one");
        }
        return null;
    }

    /** The same on the device, where the slices are at hand too. */
    public static Failure refusal(Ask ask, int[] sliceBytes, int open, LinkLimits limits) {
        long total = 0;
        for (int bytes : sliceBytes) {
            total += bytes;
            if (bytes > limits.sliceBytes() || total > limits.exchangeBytes()) {
                return Failure.of(ErrorCode.EXCHANGE_TOO_LARGE, "a slice of [" + bytes + "] bytes, [" + total
                        + "] bytes so far, the edge takes at most " + limits.sliceBytes() + " a slice and "
                        + limits.exchangeBytes() + " an exchange");
            }
        }
        return refusal(ask, ask.question().getBytes(StandardCharsets.UTF_8).length, open, limits);
    }
}
