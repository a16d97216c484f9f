package dev.tandem.method.bottleneck;

import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The section {@code methods.bottleneck} (docs/pack.md section 3.5).
 *
 * @param rungs by name, in the manifest's order
 */
record BottleneckFields(Map<String, Rung> rungs, List<LatentVector> golden) {
    static final String WHERE = "methods.bottleneck";
    private static final int MOST_RUNGS = 32;
    private static final int MOST_VECTORS = 256;

    BottleneckFields {
        rungs = rungs == null ? Map.of() : new LinkedHashMap<>(rungs);
        golden = golden == null ? List.of() : List.copyOf(golden);
    }

    static BottleneckFields read(Pack pack) {
        Checks checks = pack.checks();
        BottleneckFields fields = checks.read(WHERE, pack.section(BottleneckMethod.NAME), BottleneckFields.class);
        checks.count("rungs of " + WHERE, fields.rungs.size(), 1, MOST_RUNGS);
        fields.rungs.forEach((name, rung) -> {
            checks.name("the name of a rung of " + WHERE, name);
            checks.present(WHERE + ".rungs." + name, rung);
            rung.check(pack, WHERE + ".rungs." + name);
        });
        checks.count("golden vectors of " + WHERE, fields.golden.size(), 0, MOST_VECTORS);
        return fields;
    }
}
