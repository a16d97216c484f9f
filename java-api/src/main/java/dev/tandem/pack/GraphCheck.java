package dev.tandem.pack;

import static dev.tandem.tensor.DType.FLOAT32;
import static dev.tandem.tensor.DType.INT64;

import dev.tandem.method.tofc.CodecSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Graph declarations, each by itself and against preprocessing, codec and language (docs/pack.md section 2). */
final class GraphCheck {
    private final Refusals refusals;
    private final Manifest manifest;

    GraphCheck(Refusals refusals, Manifest manifest) {
        this.refusals = refusals;
        this.manifest = manifest;
    }

    void run() {
        refusals.count("graphs", manifest.graphs().size(), 1, 64);
        manifest.graphs().forEach(this::declaration);
        long width = encoder();
        if (manifest.codec() != null) {
            codec(manifest.codec(), width);
        }
        if (manifest.language() != null) {
            new LanguageCheck(refusals, manifest, this).run(width);
        }
    }

    private void declaration(String name, GraphSpec graph) {
        ManifestCheck.name(refusals, "the name of a graph", name);
        refusals.present("graphs." + name, graph);
        ManifestCheck.listed(refusals, manifest, "graphs." + name + ".file", graph.file());
        String folder = graph.file().substring(0, graph.file().lastIndexOf('/') + 1);
        for (String data : graph.data()) {
            ManifestCheck.listed(refusals, manifest, "graphs." + name + ".data", data);
            if (!data.substring(0, data.lastIndexOf('/') + 1).equals(folder)) {
                throw refusals.field("graphs." + name + ".data", data, "a file beside " + graph.file());
            }
        }
        tensors("graphs." + name + ".inputs", graph.inputs());
        tensors("graphs." + name + ".outputs", graph.outputs());
    }

    private void tensors(String where, List<TensorSpec> tensors) {
        refusals.count(where, tensors.size(), 1, 1024);
        Set<String> names = new HashSet<>();
        for (TensorSpec tensor : tensors) {
            refusals.text("the name of a tensor in " + where, tensor.name(), 1, 200);
            refusals.present("the dtype of " + where + "." + tensor.name(), tensor.dtype());
            ShapeRule.sane(refusals, where + "." + tensor.name(), tensor.shape(), true, 1);
            if (!names.add(tensor.name())) {
                throw refusals.field(where, tensor.name(), "each name once");
            }
        }
    }

    /** Token width that the encoder declares. */
    private long encoder() {
        Preprocessing pre = manifest.preprocessing();
        inputs("encoder", Set.of("pixel_values"), Set.of());
        input("encoder", "pixel_values", new ShapeRule(FLOAT32, 1, 3, pre.height(), pre.width()));
        output("encoder", "last_hidden_state", new ShapeRule(FLOAT32, 1, ShapeRule.FIXED, ShapeRule.FIXED));
        return tokens().get(2);
    }

    private List<Long> tokens() {
        return manifest.graphs().get("encoder").output("last_hidden_state").orElseThrow().shape();
    }

    private void codec(CodecSpec codec, long width) {
        if (codec.tokenWidth() != width) {
            throw refusals.field("codec.tokenWidth", codec.tokenWidth(), "the encoder's width " + width);
        }
        inputs("hyper_analysis", Set.of("tokens"), Set.of());
        input("hyper_analysis", "tokens", new ShapeRule(FLOAT32, -1, width));
        output("hyper_analysis", "expert", new ShapeRule(INT64, -1));
        output("hyper_analysis", "z", new ShapeRule(FLOAT32, -1, codec.hyperWidth()));
    }

    /** Refuses a graph that lacks an input that will be fed, or has one that nobody will feed. */
    void inputs(String graph, Set<String> needed, Set<String> allowed) {
        GraphSpec spec = manifest.graphs().get(graph);
        if (spec == null) {
            throw refusals.field("the list of graphs", manifest.graphs().keySet(), "a graph " + graph + " among them");
        }
        Set<String> found = new HashSet<>();
        spec.inputs().forEach(t -> found.add(t.name()));
        Set<String> unknown = new HashSet<>(found);
        unknown.removeAll(needed);
        unknown.removeAll(allowed);
        if (!found.containsAll(needed) || !unknown.isEmpty()) {
            throw refusals.field("the list of inputs of graphs." + graph, found,
                    needed + (allowed.isEmpty() ? "" : ", optionally " + allowed) + " and no other");
        }
    }

    void input(String graph, String name, ShapeRule rule) {
        manifest.graphs().get(graph).input(name)
                .ifPresent(t -> rule.check(refusals, "graphs." + graph + ".inputs." + name, t));
    }

    void output(String graph, String name, ShapeRule rule) {
        GraphSpec spec = manifest.graphs().get(graph);
        rule.check(refusals, "graphs." + graph + ".outputs." + name,
                spec.output(name)
                        .orElseThrow(() -> refusals.field("the list of outputs of graphs." + graph,
                                spec.outputs().stream().map(TensorSpec::name).toList(),
                                "an output " + name + " among them")));
    }
}
