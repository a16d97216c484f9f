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
 * @param slicesUsed slices that were here when answering began; filled in by the transport on the edge
 * @param slicesAnnounced slices that the ASK announced; filled in by the transport
 * @param stageNanos stage name to nanoseconds, in the order of the stages; at most {@value #MAX_STAGES}, names up to
 *        {@value #MAX_STAGE_NAME_BYTES} bytes
 */
public record AnswerSummary(int tokensUsed, int tokensTotal, int words, int promptTokens, long bytesReceived,
        int slicesUsed, int slicesAnnounced, Map<String, Long> stageNanos) {
    public static final int MAX_STAGES = 64;
    public static final int MAX_STAGE_NAME_BYTES = 64;

    public AnswerSummary {
        stageNanos = Collections.unmodifiableMap(new LinkedHashMap<>(stageNanos));
        if (tokensUsed < 0 || tokensTotal < 0 || words < 0 || promptTokens < 0 || bytesReceived < 0
                || slicesUsed < 0 || slicesAnnounced < slicesUsed || slicesAnnounced > 0xFFFF) {
            throw new IllegalArgumentException(
                    "answer summary with a count below 0, or more slices used than announced");
        }
        if (stageNanos.size() > MAX_STAGES) {
            throw new IllegalArgumentException(
                    "answer summary with [" + stageNanos.size() + "] stages, needed at most " + MAX_STAGES);
        }
        stageNanos.forEach(AnswerSummary::requireStage);
    }

    /** What a handler knows; the transport adds what arrived. */
    public AnswerSummary(int tokensUsed, int tokensTotal, int words, int promptTokens, Map<String, Long> stageNanos) {
        this(tokensUsed, tokensTotal, words, promptTokens, 0, 0, 0, stageNanos);
    }

    /** The same summary with what the transport saw arrive. */
    public AnswerSummary withArrived(long bytes, int slices, int announced) {
        return new AnswerSummary(tokensUsed, tokensTotal, words, promptTokens, bytes, slices, announced, stageNanos);
    }

    private static void requireStage(String name, long nanos) {
        if (nanos < 0 || name.getBytes(StandardCharsets.UTF_8).length > MAX_STAGE_NAME_BYTES) {
            throw new IllegalArgumentException("answer summary stage [" + name + "] of [" + nanos
                    + "] ns, needed a name of at most " + MAX_STAGE_NAME_BYTES + " bytes and a time of 0 or more");
        }
    }
}
