package dev.tandem.method.bottleneck;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.latent.LatentCodec;
import dev.tandem.method.latent.LatentDecoding;
import java.util.Map;

/** Edge half of {@code bottleneck}: any subset of the bands to a latent map. Runs no graph; any thread. */
final class BottleneckEdge implements EdgeHalf {
    private final BottleneckSection section;
    private final Map<String, LatentCodec> codecs;

    BottleneckEdge(BottleneckSection section, Host host) {
        this.section = section;
        codecs = section.codecs(host);
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        String rung = section.knobs(point).rung();
        return new LatentDecoding(codecs.get(rung), point.id(), rung, announced);
    }

    @Override
    public void close() {
        codecs.values().forEach(LatentCodec::close);
    }
}
