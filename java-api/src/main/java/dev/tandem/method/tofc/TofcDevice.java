package dev.tandem.method.tofc;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Session;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.PackSession;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Device half of {@code tofc} (spec Method 1): encoder, DPC-KNN merge, router and hyper-analysis, slices. Stages:
 * {@code prepare}, {@code encoder}, {@code merge}, {@code analysis}, {@code coding}.
 */
public final class TofcDevice implements DeviceMethod {
    private final Pack pack;
    private final SliceLimits limits;
    private final TokenClusterer clusterer = TokenClusterer.best(MemoryAccount.process());
    private final SliceCodec codec;
    private final VisionEncoder encoder;
    private final Session analysis;
    private final Map<Integer, HyperAnalysis> byClusters = new HashMap<>();

    /** Opens the graphs {@code encoder} and {@code hyper_analysis}; buffers of the manifest's points are made now. */
    public TofcDevice(Pack pack, Engine engine, SliceLimits limits) {
        this.pack = pack;
        this.limits = limits;
        this.codec = pack.sliceCodec();
        this.encoder = new VisionEncoder(pack, engine);
        Session opened = null;
        try {
            opened = PackSession.open(engine, pack, "hyper_analysis");
            this.analysis = opened;
            pack.manifest().operatingPoints().stream().filter(p -> p.method().equals("tofc")).forEach(this::buffers);
        } catch (RuntimeException e) {
            byClusters.values().forEach(HyperAnalysis::close);
            if (opened != null) {
                opened.close();
            }
            encoder.close();
            closeOwn();
            throw e;
        }
    }

    @Override
    public EncodedPicture encode(RgbImage image, OperatingPoint op) {
        PointRules.check(op, "tofc", encoder.count());
        OperatingStep step = TofcPoint.step(pack, op);
        Stopwatch stages = new Stopwatch();
        encoder.encode(image, stages);
        HyperAnalysis buffers = buffers(op);
        clusterer.cluster(encoder.tokens(), op.clusters(), op.neighbours(), buffers.tokens());
        stages.mark("merge");
        TokenLatents latents = buffers.analyse();
        stages.mark("analysis");
        List<byte[]> slices = codec.encode(latents, step,
                new SliceLimits(limits.payloadBytes(), Math.max(limits.minSlices(), op.slices())));
        stages.mark("coding");
        return new EncodedPicture(slices, op.clusters(), stages.nanos());
    }

    private HyperAnalysis buffers(OperatingPoint op) {
        return byClusters.computeIfAbsent(op.clusters(),
                count -> new HyperAnalysis(analysis, count, encoder.width(), pack.manifest().codec().hyperWidth()));
    }

    @Override
    public void close() {
        byClusters.values().forEach(HyperAnalysis::close);
        analysis.close();
        encoder.close();
        closeOwn();
    }

    private void closeOwn() {
        codec.close();
        clusterer.close();
    }
}
