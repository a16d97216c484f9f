package dev.tandem.method.tofc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.Evidence;
import dev.tandem.method.Knobs;
import dev.tandem.method.Method;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Optional;

/** The method {@code tofc}: merged tokens, learned entropy models (docs/methods.md, TOFC). */
public final class TofcMethod implements Method {
    static final String NAME = "tofc";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return TokenSet.class;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        TofcKnobs knobs = checks.read(where, fields, TofcKnobs.class);
        checks.real(where + ".step", knobs.step(), 1e-6f, 1e6f);
        checks.range(where + ".scaleShift", knobs.scaleShift(), Short.MIN_VALUE, Short.MAX_VALUE);
        checks.range(where + ".slices", knobs.slices(), 0, 255);
        return knobs;
    }

    /** None: a step is trained, not spelled. */
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
        return TofcSection.of(pack, points);
    }
}
