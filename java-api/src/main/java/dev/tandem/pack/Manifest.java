package dev.tandem.pack;

import dev.tandem.method.tofc.CodecSpec;
import java.util.List;
import java.util.Map;

/**
 * {@code pack.json}, schema 1, as stored; docs/pack.md is normative. A manifest reached through {@link Pack} has been
 * checked; one parsed by hand has not.
 *
 * @param codec    null in a pack whose operating points need no entropy coding
 * @param language null in a pack without a language model
 */
public record Manifest(int schema, String name, String version, String task, String licence,
        List<Provenance> provenance, Preprocessing preprocessing, Map<String, FileEntry> files,
        Map<String, GraphSpec> graphs, CodecSpec codec, List<OperatingPoint> operatingPoints,
        String defaultOperatingPoint, LanguageSpec language, List<GoldenVector> golden) {

    /** Lists and maps are copied; absent ones become empty. */
    public Manifest {
        provenance = provenance == null ? List.of() : List.copyOf(provenance);
        files = Ordered.copy(files);
        graphs = Ordered.copy(graphs);
        operatingPoints = operatingPoints == null ? List.of() : List.copyOf(operatingPoints);
        golden = golden == null ? List.of() : List.copyOf(golden);
    }
}
