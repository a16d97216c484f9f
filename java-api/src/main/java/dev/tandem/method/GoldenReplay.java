package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.method.tofc.GoldenCodec;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.Pack;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a pack's golden vectors of the kinds {@code graph} and {@code codec}; {@code text} needs the language model, which
 * the edge has. One thread.
 */
public final class GoldenReplay {
    private GoldenReplay() {
    }

    /**
     * How far off one output is.
     *
     * @param kind        {@code graph} or {@code codec}
     * @param subject     graph and output, or operating point
     * @param maxAbsolute largest absolute difference
     * @param maxRelative {@code graph}: that over max(1, largest absolute stored value); {@code codec}: over the step
     * @param tolerance   what {@code maxRelative} may be
     * @param passed      whether it is, and whatever else the kind asks for holds
     * @param remark      one line for a report
     */
    public record Result(String kind, String subject, double maxAbsolute, double maxRelative, double tolerance,
            boolean passed, String remark) {
        public static Result failed(String kind, String subject, String remark) {
            return new Result(kind, subject, Double.NaN, Double.NaN, 0, false, remark);
        }
    }

    /** Runs them all, in the manifest's order; a vector that cannot run gives a failed result, not an exception. */
    public static List<Result> run(Pack pack, Engine engine) {
        List<Result> results = new ArrayList<>();
        for (GoldenVector vector : pack.manifest().golden()) {
            switch (vector) {
                case GoldenVector.OfGraph graph -> results.addAll(GoldenGraph.run(pack, engine, graph));
                case GoldenVector.OfCodec codec -> results.add(GoldenCodec.run(pack, codec));
                case GoldenVector.OfText text -> {
                    // Run by the edge, which has a tokenizer and the decoder's loop.
                }
            }
        }
        return results;
    }
}
