package dev.tandem.engine;

/** How far an engine may rewrite a graph when it opens it. */
public enum GraphOptimization {
    /** As stored. */
    NONE,
    /** Rewrites that keep every result's bits: constants folded, dead nodes removed. */
    BASIC,
    /** Also fuses nodes; results may differ in the last bits. */
    EXTENDED,
    /** Also changes memory layouts; the default. */
    ALL
}
