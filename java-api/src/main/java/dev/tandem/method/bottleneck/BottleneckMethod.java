package dev.tandem.method.bottleneck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.Evidence;
import dev.tandem.method.Knobs;
import dev.tandem.method.Method;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Optional;

/** The method {@code bottleneck}: one shallow latent for several backbones (docs/methods.md, FrankenSplit). */
public final class BottleneckMethod implements Method {
    static final String NAME = "bottleneck";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return LatentMap.class;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        BottleneckKnobs knobs = checks.read(where, fields, BottleneckKnobs.class);
        checks.name(where + ".rung", knobs.rung());
        checks.range(where + ".slices", knobs.slices(), 0, 255);
        return knobs;
    }

    /** None: a rung is trained, not spelled. */
    @Override
    public Optional<Knobs> adHoc(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> adHocForms() {
        return List.of();
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return BottleneckSection.of(pack, points);
    }
}
