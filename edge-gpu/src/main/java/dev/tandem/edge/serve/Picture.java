package dev.tandem.edge.serve;

import dev.tandem.edge.lmm.Prefix;
import dev.tandem.pack.OperatingPoint;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A picture that the model has read, or nothing but the opening text.
 *
 * @param used
 *            tokens it stands on
 * @param total
 *            tokens that the device sent
 * @param decodeNanos
 *            time that its slices took, ns
 */
record Picture(Prefix prefix, int used, int total, long decodeNanos) {

    /** What was sent: the same bytes at the same operating point are the same picture. The point is null without slices. */
    record Key(OperatingPoint point, List<ByteBuffer> slices) {
        static Key of(OperatingPoint point, List<byte[]> slices) {
            return new Key(point, slices.stream().map(ByteBuffer::wrap).toList());
        }
    }
}
