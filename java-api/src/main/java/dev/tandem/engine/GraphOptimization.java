package dev.tandem.engine;

/** How far an engine may rewrite a graph when it opens it. Results may differ in their last bits from one to the other. */
public enum GraphOptimization {
    /** As stored. */
    NONE,
    /**
     * For a graph that runs once or a few times: nodes are fused, but what depends on weights alone is computed in each
     * run and not kept. Weights stored in 8 bits stay so; unpacked they would take four times the memory, twice over
     * while the graph opens. A run takes a tenth longer.
     */
    ONE_RUN,
    /** All that the engine knows; the default. */
    ALL
}
