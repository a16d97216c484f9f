package dev.tandem.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A head as stored (docs/pack.md section 5).
 *
 * @param kind     what knows how to run it, for example {@code language}
 * @param settings the kind's own fields
 */
public record HeadSpec(String name, String kind, ObjectNode settings) {}
