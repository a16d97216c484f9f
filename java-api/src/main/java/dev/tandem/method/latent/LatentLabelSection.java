package dev.tandem.method.latent;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.labels.ClassNames;
import dev.tandem.pack.Checks;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.ShapeRule;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One backbone of a pack as a head.
 *
 * @param graphs  f32 [1,C,h,w] latent to f32 [1,classes] logits
 * @param classes number of classes, the same in all graphs
 */
record LatentLabelSection(Pack pack, String name, RungGraphs graphs, String labels, int classes)
        implements
            HeadSection<LatentMap> {
    private static final int LONGEST_BACKBONE = 200;

    /** {@code settings} of the manifest. */
    record Settings(String graph, Map<String, String> rungs, String labels, String backbone) {}

    static LatentLabelSection of(HeadSpec head, Pack pack) {
        String where = "heads." + head.name() + ".settings";
        Checks checks = pack.checks();
        Settings settings = checks.read(where, head.settings(), Settings.class);
        checks.text(where + ".backbone", settings.backbone(), 1, LONGEST_BACKBONE);
        checks.graphs().named(where + ".graph", settings.graph());
        RungGraphs graphs = new RungGraphs(settings.graph(), settings.rungs());
        graphs.check(pack, where + ".graph", "logits", new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED));
        long classes = pack.graph(settings.graph()).output("logits").orElseThrow().dimension(1);
        checks.range("classes of " + where, classes, 1, ClassNames.MOST);
        graphs.check(pack, where + ".rungs", "logits", new ShapeRule(DType.FLOAT32, 1, classes));
        checks.listed(where + ".labels", settings.labels());
        return new LatentLabelSection(pack, head.name(), graphs, settings.labels(), (int) classes);
    }

    @Override
    public Class<LatentMap> reads() {
        return LatentMap.class;
    }

    @Override
    public Set<Class<? extends Task>> answers() {
        return Set.of(Task.Classify.class);
    }

    @Override
    public Head<LatentMap> open(Host host, HeadLimits limits) {
        return new LatentLabelHead(this, host);
    }

    List<String> names() {
        return ClassNames.read(pack, labels, classes, graphs.graph());
    }

    /** Its golden vectors are those of its graphs. */
    @Override
    public List<GoldenResult> replay(Host host) {
        names();
        return List.of();
    }
}
