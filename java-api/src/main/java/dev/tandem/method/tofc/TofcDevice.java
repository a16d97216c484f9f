package dev.tandem.method.tofc;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Session;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PackSession;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Device half of {@code tofc} (docs/methods.md, TOFC): encoder, DPC-KNN merge, router and hyper-analysis, slices.
 * Stages: {@code prepare}, {@code encoder}, {@code merge}, {@code analysis}, {@code coding}.
 */
final class TofcDevice implements DeviceHalf {
    private final TofcSection section;
    private final SliceLimits limits;
    private final MemoryAccount memory;
    private final TokenClusterer clusterer;
    private final SliceCodec codec;
    private final VisionEncoder encoder;
    private final Session analysis;
    private final Map<Integer, HyperAnalysis> byClusters = new HashMap<>();

    /** Opens the graphs; buffers of the manifest's points are made now. */
    TofcDevice(TofcSection section, Host host) {
        this.section = section;
        limits = host.limits();
        memory = host.memory();
        encoder = new VisionEncoder(section.pack(), section.fields().encoder(), host);
        clusterer = TokenClusterer.best(memory);
        SliceCodec made = null;
        Session opened = null;
        try {
            made = new SliceCodec(section.codecModel(), memory.owner("codec"));
            codec = made;
            opened = PackSession.open(host.engine(), section.pack(), section.fields().analysis());
            analysis = opened;
            section.points().forEach(point -> buffers(point.knobs(TofcKnobs.class).clusters()));
        } catch (RuntimeException e) {
            byClusters.values().forEach(HyperAnalysis::close);
            if (opened != null) {
                opened.close();
            }
            if (made != null) {
                made.close();
            }
            clusterer.close();
            encoder.close();
            throw e;
        }
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        TofcKnobs knobs = section.knobs(point);
        knobs.require(point.name(), encoder.count());
        Stopwatch stages = new Stopwatch();
        encoder.encode(picture, stages);
        HyperAnalysis buffers = buffers(knobs.clusters());
        clusterer.cluster(encoder.tokens(), knobs.clusters(), knobs.neighbours(), buffers.tokens());
        stages.mark("merge");
        TokenLatents latents = buffers.analyse();
        stages.mark("analysis");
        List<byte[]> slices = codec.encode(latents, knobs.step(point.id()),
                new SliceLimits(limits.payloadBytes(), Math.max(limits.minSlices(), knobs.slices())));
        stages.mark("coding");
        return Look.Send.of(slices, Need.ANY, knobs.clusters(), stages.nanos());
    }

    private HyperAnalysis buffers(int clusters) {
        return byClusters.computeIfAbsent(clusters, count -> new HyperAnalysis(analysis, count, encoder.width(),
                section.fields().hyperWidth(), memory));
    }

    @Override
    public void close() {
        byClusters.values().forEach(HyperAnalysis::close);
        analysis.close();
        encoder.close();
        codec.close();
        clusterer.close();
    }
}
