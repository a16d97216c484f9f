package dev.tandem.pack;

import dev.tandem.tensor.TensorInfo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Golden vectors of graphs: what they name exists, and their files have the size of what they hold (docs/pack.md
 * section 6).
 */
final class GoldenCheck {
    private static final long MAX_BYTES = 1L << 30;
    private final Checks checks;
    private final Manifest manifest;

    GoldenCheck(Checks checks, Manifest manifest) {
        this.checks = checks;
        this.manifest = manifest;
    }

    void run() {
        checks.count("golden vectors", manifest.golden().size(), 0, 1024);
        for (int i = 0; i < manifest.golden().size(); i++) {
            graph("golden." + i, manifest.golden().get(i));
        }
    }

    private void graph(String where, GraphVector vector) {
        GraphSpec graph = manifest.graphs().get(vector.graph());
        if (graph == null) {
            throw checks.field(where + ".graph", vector.graph(), "one of " + manifest.graphs().keySet());
        }
        Set<String> declared = new HashSet<>();
        graph.inputs().forEach(t -> declared.add(t.name()));
        if (!declared.equals(vector.inputs().keySet())) {
            throw checks.field(where + ".inputs", vector.inputs().keySet(), "every input of the graph: " + declared);
        }
        checks.count(where + ".outputs", vector.outputs().size(), 1, 1024);
        vector.inputs().forEach((name, path) -> tensor(where, graph.input(name).orElseThrow(), path, vector.shapes()));
        vector.outputs().forEach((name, path) -> tensor(where, graph.output(name)
                .orElseThrow(() -> checks.field(where + ".outputs", name, "an output of the graph")), path,
                vector.shapes()));
        if (!(vector.tolerance() > 0 && vector.tolerance() <= 1)) {
            throw checks.field(where + ".tolerance", vector.tolerance(), "a number above 0, at most 1");
        }
    }

    private void tensor(String where, TensorInfo spec, String path, Map<String, List<Long>> shapes) {
        String field = where + ".shapes." + spec.name();
        List<Long> shape = shapes.get(spec.name());
        checks.present(field, shape);
        ShapeRule.sane(checks, field, shape, false, 0);
        boolean fits = shape.size() == spec.rank();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = spec.dimension(i) == -1 || spec.dimension(i) == shape.get(i);
        }
        if (!fits) {
            throw checks.field(field, shape, "a shape that fits the declared " + Arrays.toString(spec.shape()));
        }
        long elements = shape.stream().reduce(1L, (a, b) -> a * b);
        sized(where, path, elements * spec.dtype().bytes());
    }

    private void sized(String where, String path, long bytes) {
        checks.range("bytes of " + path + ", which " + where + " names,", bytes, 0, MAX_BYTES);
        checks.sized(where, path, bytes);
    }
}
