package dev.tandem.method.tofc;

import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.TokenLatents;
import java.util.Optional;

/**
 * A picture of a pack's golden vectors, ready to be coded: for who measures the codec. Immutable.
 *
 * @param point name of its operating point
 * @param step of that point
 * @param limits of its slices
 * @param latents merged tokens with experts and hyper-latents
 * @param model tables, network and steps of the codec
 */
public record CodecExample(String point, OperatingStep step, SliceLimits limits, TokenLatents latents,
        CodecModel model) {

    /** The first of a section's golden vectors; empty where it has none, or is of another method. */
    public static Optional<CodecExample> of(Section section) {
        return section instanceof TofcSection tofc
                ? tofc.fields().golden().stream().findFirst().map(vector -> read(tofc, vector))
                : Optional.empty();
    }

    private static CodecExample read(TofcSection section, TofcVector vector) {
        Point point = section.points().stream().filter(one -> one.name().equals(vector.point())).findFirst()
                .orElseThrow();
        TofcKnobs knobs = point.knobs(TofcKnobs.class);
        return new CodecExample(point.name(), knobs.step(point.id()),
                new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, Math.max(1, knobs.slices())),
                GoldenLatents.read(section, vector), section.codecModel());
    }
}
