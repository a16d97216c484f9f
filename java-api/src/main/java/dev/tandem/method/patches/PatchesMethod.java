package dev.tandem.method.patches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.Evidence;
import dev.tandem.method.Knobs;
import dev.tandem.method.Method;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Optional;

/** The method {@code patches}: a sure device answers itself, another sends what it looked at. */
public final class PatchesMethod implements Method {
    static final String NAME = "patches";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return PatchSet.class;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        return PatchFields.read(where, fields, checks);
    }

    @Override
    public Optional<Knobs> adHoc(String name) {
        return PatchForm.read(name).map(Knobs.class::cast);
    }

    @Override
    public List<String> adHocForms() {
        return PatchForm.EXAMPLES;
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return PatchesChecks.read(pack, points);
    }
}
