package dev.tandem.method.raw;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Point;
import dev.tandem.method.tokens.SliceOutcome;
import dev.tandem.method.tokens.TokenDecoding;
import java.util.List;

/** Edge half of {@code raw}: float16 back to float32. Needs no engine; any thread. */
final class RawEdge implements EdgeHalf {
    private final RawSection section;

    RawEdge(RawSection section) {
        this.section = section;
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        RawKnobs knobs = point.knobs(RawKnobs.class);
        knobs.require(point.name(), section.tokens());
        return new TokenDecoding(section.width(), point.id(), knobs.tokens(section.tokens()), this::decode);
    }

    private List<SliceOutcome> decode(List<byte[]> slices) {
        return slices.stream().map(slice -> {
            try {
                return new SliceOutcome(RawSlices.read(slice, section.width()), null);
            } catch (CorruptBitstreamException e) {
                return new SliceOutcome(null, e);
            }
        }).toList();
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
