package dev.tandem.edge.serve;

import java.util.Map;

/**
 * What came of one task.
 *
 * @param head       who answered
 * @param counts     {@code used} and {@code total} of the evidence, then what the head counts
 * @param stageNanos by the names of {@link Stage} and of the head, in order
 * @param cancelled  whether it ended early because nobody waited for it any more
 */
public record Outcome(String head, Map<String, Long> counts, Map<String, Long> stageNanos, boolean cancelled) {
    /** Count: units of the evidence (tokens, patches, bands) that were here. */
    public static final String USED = "used";
    /** Count: units that the device sent. */
    public static final String TOTAL = "total";
}
