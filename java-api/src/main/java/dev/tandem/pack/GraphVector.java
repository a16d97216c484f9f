package dev.tandem.pack;

import java.util.List;
import java.util.Map;

/**
 * A golden vector of one graph (docs/pack.md section 6): inputs and outputs as raw little-endian files.
 *
 * @param shapes    concrete shape of every named input and output
 * @param tolerance largest difference allowed, relative to max(1, largest absolute stored value)
 */
public record GraphVector(String graph, Map<String, String> inputs, Map<String, String> outputs,
        Map<String, List<Long>> shapes, double tolerance) {
    /** Maps are copied; absent ones become empty. */
    public GraphVector {
        inputs = Ordered.copy(inputs);
        outputs = Ordered.copy(outputs);
        shapes = Ordered.copy(shapes);
    }
}
