package dev.tandem.method.raw;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Engine;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.util.List;

/**
 * Device half of {@code raw}: all tokens, or merged ones, as float16 without coding; the yardstick of what coding
 * saves. Stages: {@code prepare}, {@code encoder}, {@code merge}, {@code coding}.
 */
public final class RawDevice implements DeviceMethod {
    private final SliceLimits limits;
    private final VisionEncoder encoder;
    private final TokenClusterer clusterer = TokenClusterer.best(MemoryAccount.process());

    /** Opens the graph {@code encoder}. */
    public RawDevice(Pack pack, Engine engine, SliceLimits limits) {
        this.limits = limits;
        this.encoder = new VisionEncoder(pack, engine);
    }

    @Override
    public EncodedPicture encode(RgbImage image, OperatingPoint op) {
        PointRules.check(op, "raw", encoder.count());
        Stopwatch stages = new Stopwatch();
        float[] tokens = encoder.encode(image, stages);
        int count = encoder.count();
        if (op.clusters() > 0) {
            tokens = encoder.merged(clusterer, op.clusters(), op.neighbours());
            count = op.clusters();
        }
        stages.mark("merge");
        List<byte[]> slices = RawSlices.write(tokens, count, encoder.width(), op.id(), limits);
        stages.mark("coding");
        return new EncodedPicture(slices, count, stages.nanos());
    }

    @Override
    public void close() {
        encoder.close();
        clusterer.close();
    }
}
