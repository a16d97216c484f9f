package dev.tandem.method.tofc;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tokens.TokenDecoding;

/** Edge half of {@code tofc}: any subset of the slices to the tokens they hold. Runs no graph; any thread. */
final class TofcEdge implements EdgeHalf {
    private final TofcSection section;
    private final SliceCodec codec;

    TofcEdge(TofcSection section, Host host) {
        this.section = section;
        codec = new SliceCodec(section.codecModel(), host.memory().owner("codec"));
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        return new TokenDecoding(section.fields().tokenWidth(), point.id(), section.knobs(point).clusters(),
                codec);
    }

    @Override
    public void close() {
        codec.close();
    }
}
