package dev.tandem.method.patches;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.labels.ClassNames;
import dev.tandem.pack.Checks;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import java.util.List;
import java.util.Set;

/**
 * One head of a pack that classifies from patches.
 *
 * @param grid        that its graph takes patches of
 * @param classes     number of classes
 * @param sameClasses whether its classes are the device's, so that a guess names the same ones
 */
record PatchLabelSection(Pack pack, String name, Settings settings, PatchGrid grid, int classes, boolean sameClasses)
        implements
            HeadSection<PatchSet> {
    /** {@code settings} of the manifest. */
    record Settings(String graph, String labels, double temperature) {}

    static PatchLabelSection of(HeadSpec head, Pack pack) {
        String where = "heads." + head.name() + ".settings";
        Checks checks = pack.checks();
        Settings settings = checks.read(where, head.settings(), Settings.class);
        checks.real(where + ".temperature", settings.temperature, PatchesChecks.LEAST_TEMPERATURE,
                PatchesChecks.MOST_TEMPERATURE);
        String graph = settings.graph();
        GraphSpec spec = checks.graphs().named(where + ".graph", graph);
        checks.graphs().inputs(graph, Set.of("patches", "positions"), Set.of());
        checks.graphs().input(graph, "patches", new ShapeRule(DType.FLOAT32, -1, -1, ShapeRule.FIXED));
        checks.graphs().input(graph, "positions", new ShapeRule(DType.INT64, -1, -1));
        checks.graphs().output(graph, "logits", new ShapeRule(DType.FLOAT32, -1, ShapeRule.FIXED));
        long classes = spec.output("logits").orElseThrow().dimension(1);
        checks.range("classes of " + where, classes, 1, ClassNames.MOST);
        long values = spec.input("patches").orElseThrow().dimension(2);
        Preprocessing input = pack.manifest().preprocessing();
        PatchGrid grid = PatchGrid.of(input, 3L * input.width() * input.height() / values);
        if (grid == null || grid.bytes() != values) {
            throw checks.field("the values of a patch of graphs." + graph, values, "3 for each pixel of a square of "
                    + PatchGrid.LEAST_SIDE + " to " + PatchGrid.MOST_SIDE + " that fills a picture of "
                    + input.width() + " x " + input.height() + " at most " + PatchGrid.MOST_PATCHES + " times");
        }
        String hash = checks.listed(where + ".labels", settings.labels()).sha256();
        return new PatchLabelSection(pack, head.name(), settings, grid, (int) classes, hash.equals(device(pack)));
    }

    /** Hash of the device's labels; null where the pack has no such section. */
    private static String device(Pack pack) {
        JsonNode section = pack.manifest().methods().get(PatchesMethod.NAME);
        String labels = section == null ? "" : section.path("labels").asText();
        return pack.manifest().files().containsKey(labels) ? pack.manifest().files().get(labels).sha256() : null;
    }

    /** A name for each class, in the order of the logits. */
    List<String> names() {
        return ClassNames.read(pack, settings.labels(), classes, settings.graph());
    }

    @Override
    public Class<PatchSet> reads() {
        return PatchSet.class;
    }

    @Override
    public Set<Class<? extends Task>> answers() {
        return Set.of(Task.Classify.class);
    }

    @Override
    public Head<PatchSet> open(Host host, HeadLimits limits) {
        return new PatchLabelHead(this, host);
    }

    /** Its golden vector is one of the pack's graphs. */
    @Override
    public List<GoldenResult> replay(Host host) {
        names();
        return List.of();
    }
}
