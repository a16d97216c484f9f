package dev.tandem.edge.serve;

/** Work whose picture may be read along with others before its turn. */
interface ReadableWork extends Work {
    /** What there is to read; null where there is nothing, or nobody waits any more. Any thread, cheap. */
    Request readable();
}
