package dev.tandem.method.latent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.Evidence;
import dev.tandem.method.Knobs;
import dev.tandem.method.Method;
import dev.tandem.pack.Checks;
import java.util.List;
import java.util.Optional;

/** What all methods with a {@link Ladder} have alike: what is decoded, and how a point names its rung. */
public abstract class LadderMethod implements Method {
    private static final int MOST_SLICES = 255;

    @Override
    public final Class<? extends Evidence> evidence() {
        return LatentMap.class;
    }

    @Override
    public final Knobs knobs(String where, ObjectNode fields, Checks checks) {
        RungKnobs knobs = checks.read(where, fields, RungKnobs.class);
        checks.name(where + ".rung", knobs.rung());
        checks.range(where + ".slices", knobs.slices(), 0, MOST_SLICES);
        return knobs;
    }

    /** None: a rung is trained, not spelled. */
    @Override
    public final Optional<Knobs> adHoc(String name) {
        return Optional.empty();
    }

    @Override
    public final List<String> adHocForms() {
        return List.of();
    }
}
