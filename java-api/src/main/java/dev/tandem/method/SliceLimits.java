package dev.tandem.method;

/**
 * How a picture is cut into slices.
 *
 * @param payloadBytes the most bytes a slice may have, header and check included: 32..65535
 * @param minSlices cut into at least this many slices (never more than there are tokens), so that a lost one costs some
 *        tokens, not the picture
 */
public record SliceLimits(int payloadBytes, int minSlices) {
    /** Fits the first datagram of a QUIC connection with room for a frame header. */
    public static final int DEFAULT_PAYLOAD_BYTES = 1100;

    public SliceLimits {
        if (payloadBytes < 32 || payloadBytes > 65_535) {
            throw new IllegalArgumentException("slice payload [" + payloadBytes + "] bytes is outside 32..65535");
        }
        if (minSlices < 1) {
            throw new IllegalArgumentException(
                    "a picture cannot be cut into [" + minSlices + "] slices; the least is 1");
        }
    }

    /** 1,100 bytes, as few slices as fit. */
    public static SliceLimits defaults() {
        return new SliceLimits(DEFAULT_PAYLOAD_BYTES, 1);
    }
}
