package dev.tandem.hil.eval;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One question at one point: a line of the log.
 *
 * @param row
 *            of the question in its table
 * @param wireBytes
 *            the picture took, frame headers counted
 * @param tokens
 *            that the language model saw
 * @param deviceNanos
 *            all stages of the device; a stage that another point had already run counts as if run here
 * @param edgeNanos
 *            from slices to a language model that has read the picture
 * @param firstWordNanos
 *            from the question to the first word
 * @param answerNanos
 *            from the question to the end
 */
@JsonPropertyOrder({"row", "image", "kind", "said", "right"})
record Outcome(int row, String image, String kind, String said, boolean right, long wireBytes, int tokens,
        long deviceNanos, long edgeNanos, long firstWordNanos, long answerNanos) {}
