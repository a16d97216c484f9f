package dev.tandem.method.latent;

import dev.tandem.pack.Pack;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The graphs of a head that reads latent maps (docs/pack.md section 5.4): one for every rung that has none of its own.
 *
 * @param graph name of that one
 * @param rungs name of a rung to its own graph
 */
record RungGraphs(String graph, Map<String, String> rungs) {
    private static final String LATENT = "latent";
    private static final int MOST_RUNGS = 32;

    RungGraphs {
        rungs = rungs == null ? Map.of() : Map.copyOf(rungs);
    }

    /** Refuses graphs that do not take a latent map only, or lack the output. */
    void check(Pack pack, String where, String output, ShapeRule rule) {
        pack.checks().count("rungs of " + where, rungs.size(), 0, MOST_RUNGS);
        rungs.keySet().forEach(rung -> pack.checks().name(where + ".rungs", rung));
        all().forEach(name -> {
            pack.checks().graphs().named(where, name);
            pack.checks().graphs().inputs(name, Set.of(LATENT), Set.of());
            pack.checks().graphs().input(name, LATENT, new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED, -1, -1));
            pack.checks().graphs().output(name, output, rule);
        });
    }

    Stream<String> all() {
        return Stream.concat(Stream.ofNullable(graph), rungs.values().stream()).distinct();
    }

    /** The graph that reads maps of a rung. */
    String of(String rung) {
        return rungs.getOrDefault(rung, graph);
    }

    /** Refuses a map that the graph of its rung cannot read, in words. */
    void check(Pack pack, String head, LatentMap map) {
        if (map == null) {
            throw new IllegalArgumentException(
                    "the head " + head + " was asked without a picture; needed a latent map");
        }
        TensorInfo latent = pack.graph(of(map.rung())).input(LATENT).orElseThrow();
        if (latent.dimension(1) != map.shape().channels()) {
            throw new IllegalArgumentException("the head " + head + " was given a latent map of [" + map.shape()
                    + "] of the rung " + map.rung() + "; its graph " + of(map.rung()) + " reads "
                    + latent.dimension(1) + " channels: export the pack again");
        }
    }
}
