package dev.tandem.method.raw;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Point;
import dev.tandem.method.tokens.TokenDecoding;

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
        return new TokenDecoding(section.width(), point.id(), knobs.tokens(section.tokens()),
                new RawReader(section.width()));
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
