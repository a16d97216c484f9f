package dev.tandem.engine;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * One named input or output of a graph.
 *
 * @param name
 *            as in the graph
 * @param dtype
 *            element type
 * @param shape
 *            dimensions, -1 where any size is allowed
 */
public record TensorInfo(String name, DType dtype, long[] shape) {
    public TensorInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dtype, "dtype");
        shape = shape.clone();
    }

    /** A copy of the dimensions. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Whether a tensor has this type and, where the shape is fixed, these dimensions. */
    public boolean accepts(Tensor tensor) {
        if (tensor.dtype() != dtype || tensor.rank() != shape.length)
            return false;
        for (int i = 0; i < shape.length; i++)
            if (shape[i] >= 0 && shape[i] != tensor.dimension(i))
                return false;
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo info && info.name.equals(name) && info.dtype == dtype
                && Arrays.equals(info.shape, shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, dtype, Arrays.hashCode(shape));
    }

    /** For example {@code pixel_values FLOAT32[1, 3, 224, 224]}. */
    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }
}
