package dev.tandem.method;

import java.util.List;
import java.util.Map;

/**
 * One picture as it goes over the link.
 *
 * @param slices     each a byte array of its own, most important tokens first; the caller owns them
 * @param tokens     tokens that the slices hold together, 0 when they hold a picture
 * @param stageNanos nanoseconds spent in each stage, in order
 */
public record EncodedPicture(List<byte[]> slices, int tokens, Map<String, Long> stageNanos) {
    /** Bytes of all slices, headers and checksums counted; the transport adds its own. */
    public int bytes() {
        return slices.stream().mapToInt(s -> s.length).sum();
    }
}
