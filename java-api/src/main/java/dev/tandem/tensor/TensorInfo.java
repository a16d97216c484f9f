package dev.tandem.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * One named input or output of a graph, as a pack declares it or as an engine finds it.
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

    /** One dimension, without the copy that {@link #shape()} makes; -1 where any size is allowed. */
    public long dimension(int index) {
        return shape[index];
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** Whether a tensor has this type and, where the shape is fixed, these dimensions. */
    public boolean accepts(Tensor tensor) {
        boolean fits = tensor.dtype() == dtype && tensor.rank() == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] < 0 || shape[i] == tensor.dimension(i);
        }
        return fits;
    }

    /** Whether the other is the same input or output: its name, type and, where both fix them, dimensions. */
    public boolean fits(TensorInfo other) {
        boolean fits = name.equals(other.name) && dtype == other.dtype && shape.length == other.shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] == other.shape[i] || shape[i] < 0 || other.shape[i] < 0;
        }
        return fits;
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
