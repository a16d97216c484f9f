package dev.tandem.pack;

import static dev.tandem.tensor.DType.FLOAT32;

import dev.tandem.tensor.TensorInfo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Graph declarations, each by itself, and against what a method or a head will feed to them (docs/pack.md section 2).
 */
public final class GraphChecks {
    private final Checks checks;
    private final Manifest manifest;

    GraphChecks(Checks checks, Manifest manifest) {
        this.checks = checks;
        this.manifest = manifest;
    }

    void run() {
        checks.count("graphs", manifest.graphs().size(), 1, 64);
        manifest.graphs().forEach(this::declaration);
    }

    private void declaration(String name, GraphSpec graph) {
        checks.name("the name of a graph", name);
        checks.present("graphs." + name, graph);
        checks.listed("graphs." + name + ".file", graph.file());
        String folder = graph.file().substring(0, graph.file().lastIndexOf('/') + 1);
        for (String data : graph.data()) {
            checks.listed("graphs." + name + ".data", data);
            if (!data.substring(0, data.lastIndexOf('/') + 1).equals(folder)) {
                throw checks.field("graphs." + name + ".data", data, "a file beside " + graph.file());
            }
        }
        tensors("graphs." + name + ".inputs", graph.inputs());
        tensors("graphs." + name + ".outputs", graph.outputs());
    }

    private void tensors(String where, List<TensorInfo> tensors) {
        checks.count(where, tensors.size(), 1, 1024);
        Set<String> names = new HashSet<>();
        for (TensorInfo tensor : tensors) {
            checks.text("the name of a tensor in " + where, tensor.name(), 1, 200);
            checks.present("the dtype of " + where + "." + tensor.name(), tensor.dtype());
            ShapeRule.sane(checks, where + "." + tensor.name(), Arrays.stream(tensor.shape()).boxed().toList(), true,
                    1);
            if (!names.add(tensor.name())) {
                throw checks.field(where, tensor.name(), "each name once");
            }
        }
    }

    /** Declaration of a graph that a section or a head names in {@code field}. */
    public GraphSpec named(String field, String graph) {
        GraphSpec spec = graph == null ? null : manifest.graphs().get(graph);
        if (spec == null) {
            throw checks.field(field, graph, "one of the graphs " + manifest.graphs().keySet());
        }
        return spec;
    }

    /**
     * Whether the encoder graph that a section names takes this pack's pictures and gives tokens; its output
     * [1,n,width].
     */
    public TensorInfo encoder(String field, String graph) {
        Preprocessing pre = manifest.preprocessing();
        named(field, graph);
        inputs(graph, Set.of("pixel_values"), Set.of());
        input(graph, "pixel_values", new ShapeRule(FLOAT32, 1, 3, pre.height(), pre.width()));
        output(graph, "last_hidden_state", new ShapeRule(FLOAT32, 1, ShapeRule.FIXED, ShapeRule.FIXED));
        return manifest.graphs().get(graph).output("last_hidden_state").orElseThrow();
    }

    /** Refuses a graph that lacks an input that will be fed, or has one that nobody will feed. */
    public void inputs(String graph, Set<String> needed, Set<String> allowed) {
        GraphSpec spec = manifest.graphs().get(graph);
        if (spec == null) {
            throw checks.field("the list of graphs", manifest.graphs().keySet(), "a graph " + graph + " among them");
        }
        Set<String> found = new HashSet<>();
        spec.inputs().forEach(t -> found.add(t.name()));
        Set<String> unknown = new HashSet<>(found);
        unknown.removeAll(needed);
        unknown.removeAll(allowed);
        if (!found.containsAll(needed) || !unknown.isEmpty()) {
            throw checks.field("the list of inputs of graphs." + graph, found,
                    needed + (allowed.isEmpty() ? "" : ", optionally " + allowed) + " and no other");
        }
    }

    public void input(String graph, String name, ShapeRule rule) {
        manifest.graphs().get(graph).input(name)
                .ifPresent(t -> rule.check(checks, "graphs." + graph + ".inputs." + name, t));
    }

    public void output(String graph, String name, ShapeRule rule) {
        GraphSpec spec = manifest.graphs().get(graph);
        rule.check(checks, "graphs." + graph + ".outputs." + name,
                spec.output(name)
                        .orElseThrow(() -> checks.field("the list of outputs of graphs." + graph,
                                spec.outputs().stream().map(TensorInfo::name).toList(),
                                "an output " + name + " among them")));
    }
}
