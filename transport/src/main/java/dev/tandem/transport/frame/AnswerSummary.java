package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What DONE says of an answer. Immutable.
 *
 * @param tokensUsed feature tokens the answer stands on
 * @param tokensTotal feature tokens the slices announced
 * @param words answer tokens generated
 * @param promptTokens tokens before the answer, picture included
 * @param bytesReceived header and payload bytes of the exchange's ASK and SLICE frames; the transport fills it in on the edge
 * @param stageNanos stage name to nanoseconds, in the order of the stages; at most {@value #MAX_STAGES}, names up to
 *        {@value #MAX_STAGE_NAME_BYTES} bytes
 */
public record AnswerSummary(int tokensUsed, int tokensTotal, int words, int promptTokens, long bytesReceived,
        Map<String, Long> stageNanos) {
    public static final int MAX_STAGES = 64;
    public static final int MAX_STAGE_NAME_BYTES = 64;

    public AnswerSummary {
        stageNanos = Collections.unmodifiableMap(new LinkedHashMap<>(stageNanos));
        if (tokensUsed < 0 || tokensTotal < 0 || words < 0 || promptTokens < 0 || bytesReceived < 0) {
            throw new IllegalArgumentException("answer summary with a negative count");
        }
        if (stageNanos.size() > MAX_STAGES) {
            throw new IllegalArgumentException(
                    "answer summary with [" + stageNanos.size() + "] stages, needed at most " + MAX_STAGES);
        }
        stageNanos.forEach(AnswerSummary::requireStage);
    }

    /** The same summary with another byte count. */
    public AnswerSummary withBytesReceived(long bytes) {
        return new AnswerSummary(tokensUsed, tokensTotal, words, promptTokens, bytes, stageNanos);
    }

    private static void requireStage(String name, long nanos) {
        if (nanos < 0 || name.getBytes(StandardCharsets.UTF_8).length > MAX_STAGE_NAME_BYTES) {
            throw new IllegalArgumentException("answer summary stage [" + name + "] of [" + nanos
                    + "] ns, needed a name of at most " + MAX_STAGE_NAME_BYTES + " bytes and a time of 0 or more");
        }
    }
}
