package dev.tandem.method.tokens;

import dev.tandem.entropy.CorruptBitstreamException;

/**
 * What became of one of several slices decoded at once: exactly one of the two is null.
 *
 * @param slice the tokens it held
 * @param failure why it must be dropped
 */
public record SliceOutcome(DecodedSlice slice, CorruptBitstreamException failure) {
    /** The slice. */
    public DecodedSlice orElseThrow() {
        if (failure != null) {
            throw failure;
        }
        return slice;
    }
}
