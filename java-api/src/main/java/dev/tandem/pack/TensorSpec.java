package dev.tandem.pack;

import dev.tandem.tensor.DType;
import java.util.List;

/**
 * A named tensor of a graph.
 *
 * @param dtype written in lower case in the manifest, for example {@code float32}
 * @param shape dimensions, -1 where dynamic
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {
    /** The shape is copied; an absent one becomes that of a scalar. */
    public TensorSpec {
        shape = shape == null ? List.of() : List.copyOf(shape);
    }
}
