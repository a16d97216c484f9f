package dev.tandem.engine;

import java.util.Objects;

/**
 * What all sessions of an engine share.
 *
 * @param threads
 *            CPU threads that work on one run, the caller's own included; 0 = one a physical core
 * @param optimization
 *            how far graphs are rewritten when opened
 * @param precision
 *            the arithmetic asked for
 */
public record EngineSettings(int threads, GraphOptimization optimization, Precision precision) {
    /** More threads than any machine we know has; a larger number is a mistake. */
    public static final int MAX_THREADS = 1024;

    public EngineSettings {
        Objects.requireNonNull(optimization, "optimization");
        Objects.requireNonNull(precision, "precision");
        if (threads < 0 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "engine threads must lie in [0, " + MAX_THREADS + "] (0 = one a core), found [" + threads + "]");
        }
    }

    /** One thread a core, all optimisations, the graph's own precision. */
    public static EngineSettings defaults() {
        return new EngineSettings(0, GraphOptimization.ALL, Precision.AS_STORED);
    }

    /** The same with another number of threads. */
    public EngineSettings withThreads(int count) {
        return new EngineSettings(count, optimization, precision);
    }

    /** The same with another optimisation level. */
    public EngineSettings withOptimization(GraphOptimization level) {
        return new EngineSettings(threads, level, precision);
    }

    /** The same with another precision. */
    public EngineSettings withPrecision(Precision wanted) {
        return new EngineSettings(threads, optimization, wanted);
    }
}
