package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What DONE says of an answer. Immutable.
 *
 * @param head which head of the pack answered; up to {@value #MAX_HEAD_BYTES} bytes, empty where there is none to name
 * @param counts name to value, in their order: {@code used} and {@code total} of the evidence, and what the head
 *        counts; at most
 *        {@value #MAX_COUNTS}, names up to {@value #MAX_NAME_BYTES} bytes
 * @param stageNanos stage name to nanoseconds, in the order of the stages; at most {@value #MAX_STAGES}, names up to
 *        {@value #MAX_NAME_BYTES} bytes
 * @param bytesReceived header and payload bytes of the exchange's ASK and SLICE frames; the transport fills it in on
 *        the edge
 * @param slicesUsed slices that were here when answering began; filled in by the transport on the edge
 * @param slicesAnnounced slices that the ASK announced; filled in by the transport on the edge
 */
public record AnswerSummary(String head, Map<String, Long> counts, Map<String, Long> stageNanos, long bytesReceived,
        int slicesUsed, int slicesAnnounced) {
    public static final int MAX_HEAD_BYTES = 255;
    public static final int MAX_COUNTS = 32;
    public static final int MAX_STAGES = 64;
    public static final int MAX_NAME_BYTES = 64;

    public AnswerSummary {
        if (bytesReceived < 0 || slicesUsed < 0 || slicesAnnounced < slicesUsed || slicesAnnounced > 0xFFFF) {
            throw new IllegalArgumentException("answer summary of [" + bytesReceived + "] bytes, [" + slicesUsed
                    + "] of [" + slicesAnnounced + "] slices, needed none below 0, and no more used than announced");
        }
        requireName("head", head, MAX_HEAD_BYTES);
        counts = named("counts", counts, MAX_COUNTS);
        stageNanos = named("stages", stageNanos, MAX_STAGES);
    }

    /** What a handler knows; the transport adds what arrived. */
    public AnswerSummary(String head, Map<String, Long> counts, Map<String, Long> stageNanos) {
        this(head, counts, stageNanos, 0, 0, 0);
    }

    /** The same summary with what the transport saw arrive. */
    public AnswerSummary withArrived(long bytes, int slices, int announced) {
        return new AnswerSummary(head, counts, stageNanos, bytes, slices, announced);
    }

    /** A count by its name; 0 when nobody counted it. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    private static Map<String, Long> named(String what, Map<String, Long> values, int most) {
        if (values.size() > most) {
            throw new IllegalArgumentException(
                    "answer summary with [" + values.size() + "] " + what + ", needed at most " + most);
        }
        values.forEach((name, value) -> {
            requireName(what, name, MAX_NAME_BYTES);
            if (value < 0) {
                throw new IllegalArgumentException(
                        "answer summary " + what + " [" + name + "] of [" + value + "], needed 0 or more");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static void requireName(String what, String name, int most) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw new IllegalArgumentException("answer summary " + what + " [" + name + "] of [" + bytes
                    + "] bytes, needed at most " + most);
        }
    }
}
