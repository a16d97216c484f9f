package dev.tandem.method.tokens;

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
import dev.tandem.pack.ShapeRule;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import java.util.List;
import java.util.Set;

/**
 * One labelling head of a pack.
 *
 * @param graph   f32 [1,n,W] tokens to f32 [1,classes] logits
 * @param classes number of classes
 */
record LabelSection(Pack pack, String name, String graph, String labels, int classes) implements HeadSection<TokenSet> {
    /** {@code settings} of the manifest. */
    record Settings(String graph, String labels) {}

    static LabelSection of(HeadSpec head, Pack pack) {
        String where = "heads." + head.name() + ".settings";
        Checks checks = pack.checks();
        Settings settings = checks.read(where, head.settings(), Settings.class);
        GraphSpec graph = checks.graphs().named(where + ".graph", settings.graph());
        checks.graphs().inputs(settings.graph(), Set.of("tokens"), Set.of());
        checks.graphs().input(settings.graph(), "tokens", new ShapeRule(DType.FLOAT32, 1, -1, ShapeRule.FIXED));
        checks.graphs().output(settings.graph(), "logits", new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED));
        long classes = graph.output("logits").orElseThrow().dimension(1);
        checks.range("classes of " + where, classes, 1, ClassNames.MOST);
        checks.listed(where + ".labels", settings.labels());
        return new LabelSection(pack, head.name(), settings.graph(), settings.labels(), (int) classes);
    }

    /** Width of a token that the graph takes. */
    int width() {
        return Math.toIntExact(pack.graph(graph).input("tokens").orElseThrow().dimension(2));
    }

    /** A name for each class, in the order of the logits. */
    List<String> names() {
        return ClassNames.read(pack, labels, classes, graph);
    }

    @Override
    public Class<TokenSet> reads() {
        return TokenSet.class;
    }

    @Override
    public Set<Class<? extends Task>> answers() {
        return Set.of(Task.Classify.class);
    }

    @Override
    public Head<TokenSet> open(Host host, HeadLimits limits) {
        return new LabelHead(this, host);
    }

    /** Its golden vector is one of the pack's graphs. */
    @Override
    public List<GoldenResult> replay(Host host) {
        names();
        return List.of();
    }
}
