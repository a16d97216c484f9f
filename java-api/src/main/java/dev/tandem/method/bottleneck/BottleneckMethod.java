package dev.tandem.method.bottleneck;

import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.latent.Ladder;
import dev.tandem.method.latent.LadderMethod;
import dev.tandem.method.latent.LatentVector;
import dev.tandem.method.latent.Rung;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Map;

/** The method {@code bottleneck}: one shallow latent for several backbones (docs/methods.md, FrankenSplit). */
public final class BottleneckMethod extends LadderMethod {
    private static final String NAME = "bottleneck";

    /** {@code methods.bottleneck} of the manifest (docs/pack.md section 3.5). */
    record Fields(Map<String, Rung> rungs, List<LatentVector> golden) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        Fields fields = pack.checks().read("methods." + NAME, pack.section(NAME), Fields.class);
        return new Ladder(pack, NAME, fields.rungs(), fields.golden(), points).checked();
    }
}
