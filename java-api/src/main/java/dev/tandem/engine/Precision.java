package dev.tandem.engine;

/** The arithmetic a session is asked for. An engine refuses what it cannot honour, it never substitutes silently. */
public enum Precision {
    /** What the graph says; shortcuts that the vendor enables by itself (such as TF32) are allowed. */
    AS_STORED,
    /** Float32 products and sums, shortcuts off. */
    FP32,
    /** Float16 chosen by the engine; engines with strongly typed graphs refuse: export the graph in float16. */
    FP16,
    /** Int8 chosen by the engine; engines with strongly typed graphs refuse: export the graph quantised. */
    INT8
}
