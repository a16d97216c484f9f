package dev.tandem.hil.lab.trial;

import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.GoldenLatents;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.io.IOException;
import java.util.List;

/**
 * A real picture's features as slices, without an engine: the tokens of the pack's codec vector, coded again into as many slices as wanted.
 *
 * @param point operating point
 * @param slices most important first
 */
record TrialSlices(OperatingPoint point, List<byte[]> slices) {

    /** At least so many slices. */
    static TrialSlices of(Pack pack, int count) throws IOException {
        GoldenVector.OfCodec vector = pack.manifest().golden().stream().filter(GoldenVector.OfCodec.class::isInstance)
                .map(GoldenVector.OfCodec.class::cast).findFirst()
                .orElseThrow(() -> new PackException("taking a picture from the pack [" + pack.manifest().name()
                        + "]: it has no codec vector"));
        OperatingPoint point = pack.operatingPoint(vector.operatingPoint());
        TokenLatents latents = GoldenLatents.read(pack, vector);
        return new TrialSlices(point, pack.sliceCodec().encode(latents,
                new OperatingStep(point.id(), point.step(), point.scaleShift()),
                new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, count)));
    }

    int bytes() {
        return slices.stream().mapToInt(each -> each.length).sum();
    }
}
