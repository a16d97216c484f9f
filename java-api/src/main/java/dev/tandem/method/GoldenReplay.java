package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.pack.Pack;
import java.util.List;

/** Runs a pack's golden vectors of kinds {@code graph} and {@code codec}; {@code text} is the edge's. */
public final class GoldenReplay {
    private GoldenReplay() {
    }

    /**
     * How far off one vector is.
     *
     * @param kind          {@code graph} or {@code codec}
     * @param subject       graph and output, or operating point
     * @param maxAbsolute   largest absolute difference
     * @param maxRelative   that divided by max(1, largest absolute stored value)
     * @param tolerance     what was allowed, on {@code maxRelative}
     * @param passed        within it
     * @param remark        one line for a report
     */
    public record Result(String kind, String subject, double maxAbsolute, double maxRelative, double tolerance,
            boolean passed, String remark) {}

    /** Runs them all, in the manifest's order; a vector that cannot run gives a failed result, not an exception. */
    public static List<Result> run(Pack pack, Engine engine) {
        throw new UnsupportedOperationException("not yet");
    }
}
