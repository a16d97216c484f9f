package dev.tandem.hil.eval.link;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.edge.serve.Stage;
import java.util.Map;

/**
 * Where the milliseconds of one task went. The edge's queue time is the link's as far as one device asks one thing at a
 * time: the edge only waits for slices then.
 *
 * @param device picture to slices
 * @param link neither end at work: on the way up, on the way down, waiting for the rate limit
 * @param edge at work until the first part of the answer
 * @param firstPart from the question to the first part of the answer; to its end where there was none
 * @param total from the question to the end of the answer
 */
public record Times(double device, double link, double edge, double firstPart, double total) {
    private static final double NANOS = 1e6;

    /** Takes an answer's own times apart. */
    public static Times of(DeviceAnswer from) {
        Map<String, Long> edge = from.edge().stageNanos();
        long first = edge.getOrDefault(Stage.FIRST_PART, 0L);
        long working = first == 0 ? from.edgeNanos() : first - edge.getOrDefault(Stage.QUEUE, 0L);
        long heard = from.firstPartNanos() == 0 ? from.totalNanos() : from.firstPartNanos();
        return new Times(from.encodeNanos() / NANOS, from.linkNanos() / NANOS, working / NANOS, heard / NANOS,
                from.totalNanos() / NANOS);
    }

    /** From the first part of the answer to its end. */
    public double answer() {
        return total - firstPart;
    }
}
