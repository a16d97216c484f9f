package dev.tandem.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * {@code pack.json}, schema 2, as stored; docs/pack.md is normative. A manifest reached through {@link Pack} has been
 * checked, but for what only a method or a head understands; one parsed by hand has not.
 *
 * @param methods section of each method that the pack serves, by the method's name
 * @param points  operating points
 * @param heads   what can answer, in the order in which a head is chosen; empty where the edge needs none
 */
public record Manifest(int schema, String name, String version, String licence, List<Provenance> provenance,
        Preprocessing preprocessing, Map<String, FileEntry> files, Map<String, GraphSpec> graphs,
        Map<String, ObjectNode> methods, List<PointSpec> points, String defaultPoint, List<HeadSpec> heads,
        List<GraphVector> golden) {

    /** Lists and maps are copied; absent ones become empty. */
    public Manifest {
        provenance = provenance == null ? List.of() : List.copyOf(provenance);
        files = Ordered.copy(files);
        graphs = Ordered.copy(graphs);
        methods = Ordered.copy(methods);
        points = points == null ? List.of() : List.copyOf(points);
        heads = heads == null ? List.of() : List.copyOf(heads);
        golden = golden == null ? List.of() : List.copyOf(golden);
    }
}
