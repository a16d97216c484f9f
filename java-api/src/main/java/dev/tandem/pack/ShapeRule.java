package dev.tandem.pack;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.util.Arrays;
import java.util.List;

/** A dtype and dimensions that a declared tensor must have; -1 must be dynamic, others fixed there or dynamic. */
public record ShapeRule(DType dtype, long... dims) {
    /** Any fixed size, at least 1. */
    public static final long FIXED = -2;
    /** Any size, fixed or dynamic. */
    public static final long ANY = -3;
    private static final long MAX_ELEMENTS = 1L << 40;

    /** Refuses a declared tensor that breaks this rule. */
    void check(Checks checks, String where, TensorInfo found) {
        boolean fits = found.dtype() == dtype && found.rank() == dims.length;
        for (int i = 0; fits && i < dims.length; i++) {
            long dim = found.dimension(i);
            fits = dims[i] == ANY || dims[i] == FIXED && dim > 0 || dims[i] == dim || dims[i] > 0 && dim == -1;
        }
        if (!fits) {
            throw checks.field(where, text(found.dtype(), Arrays.stream(found.shape()).boxed().toList()), words());
        }
    }

    /** Refuses a shape with an impossible or absurd dimension; {@code least} is the smallest size of a fixed one. */
    static void sane(Checks checks, String where, List<Long> shape, boolean dynamic, long least) {
        checks.count("dimensions of " + where, shape.size(), 0, 8);
        long elements = 1;
        for (Long dim : shape) {
            boolean possible = dim != null
                    && (dim == -1 ? dynamic : dim >= least && dim <= Integer.MAX_VALUE);
            if (possible) {
                elements *= Math.max(1, dim);
            }
            if (!possible || elements > MAX_ELEMENTS) {
                throw checks.field("the shape of " + where, shape, "dimensions from " + least + " to 2^31-1"
                        + (dynamic ? ", or -1 for dynamic" : "") + ", and at most 2^40 elements");
            }
        }
    }

    static String text(DType dtype, List<Long> shape) {
        return (dtype == null ? "no dtype" : dtype.name().toLowerCase(java.util.Locale.ROOT)) + " " + shape;
    }

    private String words() {
        return text(dtype, Arrays.stream(dims).boxed().toList()).replace("-3", "any size").replace("-2", "a fixed size")
                .replace("-1", "-1 (dynamic)");
    }
}
