package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.tokens.DecodedSlice;

/**
 * A slice on its way through a {@link TokenDecoder}. Its header and check sum are right, and its stream is slice[from,
 * from + length). Used again; for one call at a time.
 */
final class SliceStream {
    byte[] slice;
    int from;
    int length;
    OperatingStep step;
    int firstRank;
    int count;
    int total;
    /** Its place among the slices that the caller gave. */
    int place;
    /** Its arrays, from a pool; null where it has none. */
    TokenBuffers tokens;
    /** Why it must be dropped; null while it is good. */
    CorruptBitstreamException failure;
    /** What was decoded; the caller's afterwards. */
    float[] values;

    /** Good so far. */
    boolean good() {
        return failure == null;
    }

    DecodedSlice decoded() {
        return new DecodedSlice(step.id(), firstRank, count, total, values);
    }

    /** Keeps nothing of the caller's. */
    void clear() {
        slice = null;
        step = null;
        tokens = null;
        failure = null;
        values = null;
    }
}
