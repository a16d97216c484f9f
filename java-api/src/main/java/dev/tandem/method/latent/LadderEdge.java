package dev.tandem.method.latent;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import java.util.Map;

/** Edge half of a ladder: any subset of the bands to a latent map. Runs no graph; any thread. */
final class LadderEdge implements EdgeHalf {
    private final Ladder ladder;
    private final Map<String, LatentCodec> codecs;

    LadderEdge(Ladder ladder, Host host) {
        this.ladder = ladder;
        codecs = ladder.codecs(host);
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        String rung = ladder.knobs(point).rung();
        return new LatentDecoding(codecs.get(rung), point.id(), rung, announced);
    }

    @Override
    public void close() {
        codecs.values().forEach(LatentCodec::close);
    }
}
