package dev.tandem.method.squeeze;

import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.latent.LadderMethod;
import dev.tandem.pack.Pack;
import java.util.List;

/** The method {@code squeeze}: a small picture, and the feature of a backbone that is cut behind it. */
public final class SqueezeMethod extends LadderMethod {
    static final String NAME = "squeeze";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return SqueezeSection.of(pack, points);
    }
}
