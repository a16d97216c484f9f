package dev.tandem.device;

import dev.tandem.method.Look;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer and what it cost. Immutable.
 *
 * @param madeBy who made it
 * @param parts what it holds: all words joined, the last labels, the last picture; each at most once
 * @param point operating point used; empty for a task without a picture
 * @param slices slices sent, or made and not needed
 * @param sliceBytes bytes of the slices, their headers and checksums included
 * @param frameBytes bytes of the exchange's frames: task, slices, frame headers; 0 without an exchange
 * @param wire bytes handed to and taken from the socket meanwhile, TLS included; nothing counted when the device
 *        answered
 * @param deviceNanos time of each stage on the device, ns
 * @param edge what the edge says: its head, counts and stage times; empty when the device answered
 * @param encodeNanos call to slices, ns
 * @param firstPartNanos call to the first part, encoding included, ns; 0 if there was none
 * @param totalNanos call to end, ns
 * @param look what the device made of the picture; null for a task without one
 * @param received slices that the edge said it had, by index, when it last did; not to be changed
 */
public record DeviceAnswer(MadeBy madeBy, List<Part> parts, String point, int slices, int sliceBytes, long frameBytes,
        WireBytes wire, Map<String, Long> deviceNanos, AnswerSummary edge, long encodeNanos, long firstPartNanos,
        long totalNanos, Look look, BitSet received) {
    public DeviceAnswer {
        parts = List.copyOf(parts);
        deviceNanos = Collections.unmodifiableMap(new LinkedHashMap<>(deviceNanos));
    }

    /** All words, joined; empty where there were none. */
    public String text() {
        return part(Part.Words.class).map(Part.Words::text).orElse("");
    }

    /** The labels, the likeliest first; empty where there were none. */
    public List<Label> labels() {
        return part(Part.Labels.class).map(Part.Labels::best).orElse(List.of());
    }

    /** The picture, where there was one. */
    public Optional<Part.Picture> picture() {
        return part(Part.Picture.class);
    }

    /**
     * Slices that the edge answered from, by index; empty where the device knows only how many were missing, since more
     * came between what the edge last said it had and its answer.
     */
    public Optional<BitSet> slicesUsed() {
        BitSet used = new BitSet();
        if (edge.slicesUsed() == slices) {
            used.set(0, slices);
        } else if (edge.slicesUsed() == received.cardinality()) {
            used.or(received);
        } else if (edge.slicesUsed() > 0) {
            return Optional.empty();
        }
        return Optional.of(used);
    }

    /** Time that the edge worked on it, ns: its total without the wait for slices and for other questions. */
    public long edgeNanos() {
        return edge.stageNanos().getOrDefault("total", 0L) - edge.stageNanos().getOrDefault("queue", 0L);
    }

    /** Time that neither end worked on it, ns: the link up and down, its rate limit, waiting for the edge's turn. */
    public long linkNanos() {
        return Math.max(0, totalNanos - encodeNanos - edgeNanos());
    }

    private <P extends Part> Optional<P> part(Class<P> kind) {
        return parts.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
