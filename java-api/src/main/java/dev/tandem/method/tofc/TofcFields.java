package dev.tandem.method.tofc;

import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;
import java.util.List;
import java.util.Set;

/**
 * The section {@code methods.tofc} (docs/pack.md section 3.1).
 *
 * @param encoder    name of the encoder graph
 * @param analysis   name of the graph from tokens to expert and hyper-latent
 * @param tables     path of the CDF tables
 * @param hyper      path of the integer hyper-synthesis network
 * @param experts    experts that the router chooses among
 * @param tokenWidth width of a token, and of y
 * @param hyperWidth width of z
 */
record TofcFields(String encoder, String analysis, String tables, String hyper, int experts, int tokenWidth,
        int hyperWidth, List<TofcVector> golden) {
    private static final long MAX_CODEC_BYTES = 1L << 28;
    private static final String WHERE = "methods.tofc";

    TofcFields {
        golden = golden == null ? List.of() : List.copyOf(golden);
    }

    static TofcFields read(Pack pack) {
        Checks checks = pack.checks();
        TofcFields fields = checks.read(WHERE, pack.section(TofcMethod.NAME), TofcFields.class);
        checks.range(WHERE + ".experts", fields.experts, 1, 256);
        checks.range(WHERE + ".tokenWidth", fields.tokenWidth, 1, 65536);
        checks.range(WHERE + ".hyperWidth", fields.hyperWidth, 1, 4096);
        for (String path : List.of(String.valueOf(fields.tables), String.valueOf(fields.hyper))) {
            checks.range("bytes of " + path + " in " + WHERE, checks.listed(WHERE, path).bytes(), 1, MAX_CODEC_BYTES);
        }
        long width = checks.graphs().encoder(WHERE + ".encoder", fields.encoder).dimension(2);
        if (fields.tokenWidth != width) {
            throw checks.field(WHERE + ".tokenWidth", fields.tokenWidth, "the encoder's width " + width);
        }
        String graph = fields.analysis;
        checks.graphs().named(WHERE + ".analysis", graph);
        checks.graphs().inputs(graph, Set.of("tokens"), Set.of());
        checks.graphs().input(graph, "tokens", new ShapeRule(DType.FLOAT32, -1, width));
        checks.graphs().output(graph, "expert", new ShapeRule(DType.INT64, -1));
        checks.graphs().output(graph, "z", new ShapeRule(DType.FLOAT32, -1, fields.hyperWidth));
        checks.count("golden vectors of " + WHERE, fields.golden.size(), 0, 256);
        return fields;
    }

    /** Rows that the tables must have: expert ids, z per expert and channel, 64 scales of y. */
    int tableRows() {
        return 1 + experts * hyperWidth + 64;
    }
}
