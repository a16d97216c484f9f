package dev.tandem.method.raw;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.task.Task;
import java.util.List;

/**
 * Device half of {@code raw}: all tokens, or merged ones, as float16 without coding. Stages: {@code prepare},
 * {@code encoder}, {@code merge}, {@code coding}.
 */
final class RawDevice implements DeviceHalf {
    private final SliceLimits limits;
    private final VisionEncoder encoder;
    private final TokenClusterer clusterer;

    RawDevice(RawSection section, Host host) {
        limits = host.limits();
        encoder = new VisionEncoder(section.pack(), section.encoder(), host);
        clusterer = TokenClusterer.best(host.memory());
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        RawKnobs knobs = point.knobs(RawKnobs.class);
        knobs.require(point.name(), encoder.count());
        Stopwatch stages = new Stopwatch();
        float[] tokens = encoder.encode(picture, stages);
        int count = knobs.tokens(encoder.count());
        if (knobs.clusters() > 0) {
            tokens = encoder.merged(clusterer, count, knobs.neighbours());
        }
        stages.mark("merge");
        List<byte[]> slices = RawSlices.write(tokens, count, encoder.width(), point.id(), limits);
        stages.mark("coding");
        return Look.Send.of(slices, Need.ANY, count, stages.nanos());
    }

    @Override
    public void close() {
        encoder.close();
        clusterer.close();
    }
}
