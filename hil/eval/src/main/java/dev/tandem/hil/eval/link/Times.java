package dev.tandem.hil.eval.link;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.edge.serve.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the milliseconds of one question went. The edge's queue time is the link's as far as one device asks one question
 * at a time: the edge only waits for slices then.
 *
 * @param device
 *            picture to slices
 * @param link
 *            neither end at work: on the way up, on the way down, waiting for the rate limit
 * @param edge
 *            at work until the first word
 * @param answer
 *            from the first word to the last
 */
public record Times(double device, double link, double edge, double answer) {

    /** Takes an answer's own times apart. */
    public static Times of(DeviceAnswer from) {
        Map<String, Long> edge = from.edge().stageNanos();
        long queue = edge.getOrDefault(Stage.QUEUE, 0L);
        long firstAtEdge = edge.getOrDefault(Stage.FIRST_WORD, 0L);
        boolean silent = firstAtEdge == 0 || from.firstWordNanos() == 0;
        long atEdge = (silent ? edge.getOrDefault(Stage.TOTAL, 0L) : firstAtEdge) - queue;
        long first = silent ? from.totalNanos() : from.firstWordNanos();
        return new Times(from.encodeNanos() / 1e6, Math.max(0, first - from.encodeNanos() - atEdge) / 1e6, atEdge / 1e6,
                (from.totalNanos() - first) / 1e6);
    }

    /** From the question to the first word. */
    public double firstWord() {
        return device + link + edge;
    }

    /** The parts up to the first word, by name. */
    public Map<String, Double> parts() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("device", device);
        parts.put("link", link);
        parts.put("edge", edge);
        return parts;
    }
}
