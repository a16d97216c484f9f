package dev.tandem.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.edge.serve.Offer;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.method.HeadSection;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Manifest;
import dev.tandem.pack.PointSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a pack serves, as tables: its methods with what both ends must hold alike, its points with their knobs, its
 * heads.
 */
final class PackTables {

    private PackTables() {
    }

    static MarkdownTable methods(PackMethods methods) {
        MarkdownTable table = new MarkdownTable(List.of("method", "points", "section hash"));
        methods.hashes().forEach((name, hash) -> table
                .row(List.of(name, String.valueOf(methods.of(name).size()), HexFormat.of().formatHex(hash))));
        return table;
    }

    static MarkdownTable points(Manifest manifest) {
        MarkdownTable table = new MarkdownTable(List.of("operating point", "id", "method", "knobs"));
        for (PointSpec point : manifest.points()) {
            boolean standard = point.name().equals(manifest.defaultPoint());
            table.row(List.of(point.name() + (standard ? " (default)" : ""), String.valueOf(point.id()), point.method(),
                    words(point.knobs())));
        }
        return table;
    }

    static MarkdownTable heads(PackHeads heads, Manifest manifest) {
        MarkdownTable table = new MarkdownTable(List.of("head", "kind", "tasks", "reads"));
        for (HeadSection<?> head : heads.all()) {
            table.row(List.of(head.name(), kind(manifest, head.name()), String.join(", ", Offer.tasks(head)),
                    head.reads().getSimpleName()));
        }
        return table;
    }

    private static String kind(Manifest manifest, String head) {
        return manifest.heads().stream().filter(spec -> spec.name().equals(head)).map(HeadSpec::kind).findFirst()
                .orElseThrow();
    }

    private static String words(JsonNode knobs) {
        return knobs.properties().stream().map(knob -> knob.getKey() + " " + knob.getValue().asText())
                .collect(Collectors.joining(", "));
    }
}
