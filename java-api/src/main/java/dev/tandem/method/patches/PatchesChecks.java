package dev.tandem.method.patches;

import dev.tandem.method.Point;
import dev.tandem.method.labels.ClassNames;
import dev.tandem.pack.Checks;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import java.util.Set;

/** Reads and checks the section and holds the points against it (docs/pack.md section 3.4). */
final class PatchesChecks {
    static final double LEAST_TEMPERATURE = 0.05;
    static final double MOST_TEMPERATURE = 20;
    private static final String WHERE = "methods.patches";
    private static final long MOST_HEADS = 64;
    private static final long MOST_TRANSFORM_BYTES = 1L << 26;

    private PatchesChecks() {
    }

    static PatchesSection read(Pack pack, List<Point> points) {
        Checks checks = pack.checks();
        PatchesFields fields = checks.read(WHERE, pack.section(PatchesMethod.NAME), PatchesFields.class);
        checks.real(WHERE + ".temperature", fields.temperature(), LEAST_TEMPERATURE, MOST_TEMPERATURE);
        checks.listed(WHERE + ".labels", fields.labels());
        if (fields.transform() != null) {
            checks.range("bytes of " + fields.transform() + " in " + WHERE,
                    checks.listed(WHERE + ".transform", fields.transform()).bytes(), 1, MOST_TRANSFORM_BYTES);
        }
        PatchesSection section = graph(pack, fields, points);
        for (Point point : points) {
            String misfit = section.misfit(point.knobs(PatchKnobs.class));
            if (misfit != null) {
                throw checks.field("points." + point.name(), point.knobs(), "knobs that this pack can serve, not "
                        + misfit);
            }
        }
        checks.count("golden vectors of " + WHERE, fields.golden().size(), 0, 256);
        fields.golden().forEach(vector -> vector.check(checks, section));
        return section;
    }

    private static PatchesSection graph(Pack pack, PatchesFields fields, List<Point> points) {
        Checks checks = pack.checks();
        Preprocessing input = pack.manifest().preprocessing();
        String graph = fields.classifier();
        GraphSpec spec = checks.graphs().named(WHERE + ".classifier", graph);
        checks.graphs().inputs(graph, Set.of("pixel_values"), Set.of());
        checks.graphs().input(graph, "pixel_values",
                new ShapeRule(DType.FLOAT32, 1, 3, input.height(), input.width()));
        checks.graphs().output(graph, "logits", new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED));
        checks.graphs().output(graph, Scores.ATTENTION.word(),
                new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED, ShapeRule.FIXED));
        long classes = spec.output("logits").map(out -> out.dimension(1)).orElseThrow();
        checks.range("classes of " + WHERE, classes, 1, ClassNames.MOST);
        TensorInfo attention = spec.output(Scores.ATTENTION.word()).orElseThrow();
        checks.range("heads of " + WHERE, attention.dimension(1), 1, MOST_HEADS);
        PatchGrid grid = PatchGrid.of(input, attention.dimension(2));
        if (grid == null) {
            throw checks.field("the patches of graphs." + graph, attention.dimension(2), "1 to "
                    + PatchGrid.MOST_PATCHES + " squares of " + PatchGrid.LEAST_SIDE + " to " + PatchGrid.MOST_SIDE
                    + " pixels that fill a picture of " + input.width() + " x " + input.height());
        }
        boolean rollout = spec.output(Scores.ROLLOUT.word()).isPresent();
        if (rollout) {
            checks.graphs().output(graph, Scores.ROLLOUT.word(), new ShapeRule(DType.FLOAT32, 1, grid.count()));
        }
        return new PatchesSection(pack, fields, points, grid, (int) classes, rollout);
    }
}
