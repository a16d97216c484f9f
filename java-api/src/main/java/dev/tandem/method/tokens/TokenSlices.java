package dev.tandem.method.tokens;

import dev.tandem.entropy.CorruptBitstreamException;
import java.util.List;

/** How one method's slices are read. Immutable; any thread. */
public interface TokenSlices {
    /**
     * What a slice says that it holds; allocates nothing that grows with it.
     *
     * @throws CorruptBitstreamException for a wrong check sum, or a header that cannot be
     */
    TokenRanks ranks(byte[] slice);

    /** Decodes slices side by side, in their order; a damaged one does not harm the others. */
    List<SliceOutcome> decodeAll(List<byte[]> slices);
}
