package dev.tandem.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An operating point as stored (docs/pack.md section 4).
 *
 * @param id    1 to 255
 * @param knobs the method's own fields
 */
public record PointSpec(int id, String name, String method, ObjectNode knobs) {}
