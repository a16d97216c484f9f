package dev.tandem.device;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer and what it cost.
 *
 * @param text
 *            all words, joined
 * @param point
 *            operating point used; empty for a question without a picture
 * @param slices
 *            slices sent
 * @param sliceBytes
 *            bytes of the slices, their headers and checksums included
 * @param frameBytes
 *            bytes of the exchange's frames: question, slices, frame headers
 * @param wire
 *            bytes handed to and taken from the socket meanwhile, TLS included
 * @param deviceNanos
 *            time of each stage on the device, ns
 * @param edge
 *            what the edge says: tokens used of total, answer tokens, its stage times
 * @param encodeNanos
 *            picture to slices, ns
 * @param firstWordNanos
 *            call to first word, encoding included, ns; 0 if there was none
 * @param totalNanos
 *            call to end, ns
 */
public record DeviceAnswer(String text, String point, int slices, int sliceBytes, long frameBytes, WireBytes wire,
        Map<String, Long> deviceNanos, AnswerSummary edge, long encodeNanos, long firstWordNanos, long totalNanos) {
    public DeviceAnswer {
        deviceNanos = Collections.unmodifiableMap(new LinkedHashMap<>(deviceNanos));
    }

    /** Time that the edge worked on it, ns: its total without the wait for slices and for other questions. */
    public long edgeNanos() {
        return edge.stageNanos().getOrDefault("total", 0L) - edge.stageNanos().getOrDefault("queue", 0L);
    }

    /** Time that neither end worked on it, ns: the link up and down, its rate limit, waiting for the edge's turn. */
    public long linkNanos() {
        return Math.max(0, totalNanos - encodeNanos - edgeNanos());
    }
}
