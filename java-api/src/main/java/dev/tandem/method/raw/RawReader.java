package dev.tandem.method.raw;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.tokens.SliceOutcome;
import dev.tandem.method.tokens.TokenRanks;
import dev.tandem.method.tokens.TokenSlices;
import java.util.List;

/**
 * Slices of {@code raw} for tokens of one width.
 *
 * @param width of a token
 */
record RawReader(int width) implements TokenSlices {
    @Override
    public TokenRanks ranks(byte[] slice) {
        return RawSlices.ranks(RawSlices.open(slice), width);
    }

    @Override
    public List<SliceOutcome> decodeAll(List<byte[]> slices) {
        return slices.stream().map(slice -> {
            try {
                return new SliceOutcome(RawSlices.read(slice, width), null);
            } catch (CorruptBitstreamException e) {
                return new SliceOutcome(null, e);
            }
        }).toList();
    }
}
