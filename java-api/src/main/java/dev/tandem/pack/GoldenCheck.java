package dev.tandem.pack;

import dev.tandem.method.tofc.CodecSpec;
import dev.tandem.tensor.DType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Golden vectors: what they name exists, and their files have the size of what they hold (docs/pack.md section 6). */
final class GoldenCheck {
    private static final long MAX_BYTES = 1L << 30;
    private final Refusals refusals;
    private final Manifest manifest;

    GoldenCheck(Refusals refusals, Manifest manifest) {
        this.refusals = refusals;
        this.manifest = manifest;
    }

    void run() {
        refusals.count("golden vectors", manifest.golden().size(), 0, 1024);
        for (int i = 0; i < manifest.golden().size(); i++) {
            String where = "golden." + i;
            switch (manifest.golden().get(i)) {
                case GoldenVector.OfGraph vector -> graph(where, vector);
                case GoldenVector.OfCodec vector -> codec(where, vector);
                case GoldenVector.OfText vector -> text(where, vector);
            }
        }
    }

    private void graph(String where, GoldenVector.OfGraph vector) {
        GraphSpec graph = manifest.graphs().get(vector.graph());
        if (graph == null) {
            throw refusals.field(where + ".graph", vector.graph(), "one of " + manifest.graphs().keySet());
        }
        Set<String> declared = new HashSet<>();
        graph.inputs().forEach(t -> declared.add(t.name()));
        if (!declared.equals(vector.inputs().keySet())) {
            throw refusals.field(where + ".inputs", vector.inputs().keySet(), "every input of the graph: " + declared);
        }
        refusals.count(where + ".outputs", vector.outputs().size(), 1, 1024);
        vector.inputs().forEach((name, path) -> tensor(where, graph.input(name).orElseThrow(), path, vector.shapes()));
        vector.outputs().forEach((name, path) -> tensor(where, graph.output(name)
                .orElseThrow(() -> refusals.field(where + ".outputs", name, "an output of the graph")), path,
                vector.shapes()));
        if (!(vector.tolerance() > 0 && vector.tolerance() <= 1)) {
            throw refusals.field(where + ".tolerance", vector.tolerance(), "a number above 0, at most 1");
        }
    }

    private void tensor(String where, TensorSpec spec, String path, Map<String, List<Long>> shapes) {
        String field = where + ".shapes." + spec.name();
        List<Long> shape = shapes.get(spec.name());
        refusals.present(field, shape);
        ShapeRule.sane(refusals, field, shape, false, 0);
        boolean fits = shape.size() == spec.shape().size();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = spec.shape().get(i) == -1 || spec.shape().get(i).equals(shape.get(i));
        }
        if (!fits) {
            throw refusals.field(field, shape, "a shape that fits the declared " + spec.shape());
        }
        long elements = shape.stream().reduce(1L, (a, b) -> a * b);
        sized(where, path, elements * spec.dtype().bytes());
    }

    private void codec(String where, GoldenVector.OfCodec vector) {
        CodecSpec codec = manifest.codec();
        refusals.present("codec, which " + where + " needs,", codec);
        if (manifest.operatingPoints().stream()
                .noneMatch(p -> p.name().equals(vector.operatingPoint()) && p.method().equals("tofc"))) {
            throw refusals.field(where + ".operatingPoint", vector.operatingPoint(), "a tofc point of this manifest");
        }
        ManifestCheck.listed(refusals, manifest, where + ".tokens", vector.tokens());
        long row = (long) codec.tokenWidth() * DType.FLOAT32.bytes();
        long count = manifest.files().get(vector.tokens()).bytes() / row;
        refusals.range("the number of tokens in " + vector.tokens(), count, 1, 4096);
        sized(where, vector.tokens(), count * row);
        sized(where, vector.expert(), count * DType.INT64.bytes());
        sized(where, vector.z(), count * codec.hyperWidth() * DType.FLOAT32.bytes());
        refusals.count(where + ".slices", vector.slices().size(), 0, (int) count);
        for (String slice : vector.slices()) {
            ManifestCheck.listed(refusals, manifest, where + ".slices", slice);
            refusals.range("bytes of the slice " + slice, manifest.files().get(slice).bytes(), 1, 65535);
        }
    }

    private void sized(String where, String path, long bytes) {
        ManifestCheck.listed(refusals, manifest, where, path);
        refusals.range("bytes of " + path + ", which " + where + " names,", bytes, 0, MAX_BYTES);
        long found = manifest.files().get(path).bytes();
        if (found != bytes) {
            throw refusals.field("the size of " + path + ", which " + where + " names,", found,
                    bytes + " bytes, as its shape and dtype say");
        }
    }

    private void text(String where, GoldenVector.OfText vector) {
        refusals.present("language, which " + where + " needs,", manifest.language());
        refusals.text(where + ".prompt", vector.prompt(), 1, 4000);
        refusals.text(where + ".text", vector.text(), 0, 100_000);
        refusals.count(where + ".ids", vector.ids().size(), 0, 100_000);
        vector.ids().forEach(id -> refusals.range(where + ".ids", id, 0, manifest.language().vocabulary() - 1L));
    }
}
