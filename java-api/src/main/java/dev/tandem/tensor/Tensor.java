package dev.tandem.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * A row-major view of off-heap memory: element type, shape, kind. Numbers are in the machine's byte order
 * (little-endian on every system Tandem runs on).
 * <p>
 * <b>Ownership:</b> a tensor never owns memory; it is usable as long as the arena behind {@link #data()} is open.
 * Views made by {@link #reshape} and {@link #prefix} share the bytes.
 * <p>
 * <b>Threads:</b> immutable itself; the bytes follow the rules of their arena (a confined arena means one thread), and
 * whoever shares them orders the accesses.
 */
public final class Tensor {
    /** Alignment of memory made by {@link #allocate}: one cache line, which is also one AVX-512 register. */
    public static final int ALIGNMENT = 64;

    private final MemorySegment data;
    private final MemoryKind kind;
    private final DType dtype;
    private final long[] shape;
    private final long elements;

    private Tensor(MemorySegment data, MemoryKind kind, DType dtype, long[] shape) {
        this.shape = shape.clone();
        this.dtype = Objects.requireNonNull(dtype, "dtype");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.elements = Shapes.elements(this.shape);
        long bytes = Shapes.bytes(dtype, this.shape);
        if (!data.isNative()) {
            throw new IllegalArgumentException(
                    "a tensor " + this + " needs off-heap memory, found a heap segment: allocate it from an arena");
        }
        if (data.byteSize() < bytes) {
            throw new IllegalArgumentException("a tensor " + this + " needs [" + bytes + "] bytes, the memory has ["
                    + data.byteSize() + "]");
        }
        if (data.address() % dtype.bytes() != 0) {
            throw new IllegalArgumentException("a tensor " + this + " must start at a multiple of [" + dtype.bytes()
                    + "], found address [0x" + Long.toHexString(data.address()) + "]");
        }
        this.data = data.byteSize() == bytes ? data : data.asSlice(0, bytes);
    }

    /**
     * Zeroed host memory from the caller's arena, aligned to {@link #ALIGNMENT}.
     *
     * @throws IllegalArgumentException
     *             if a dimension is negative or the size does not fit 63 bits
     */
    public static Tensor allocate(Arena arena, DType dtype, long... shape) {
        long bytes = Shapes.bytes(dtype, shape);
        return new Tensor(arena.allocate(bytes, ALIGNMENT), MemoryKind.HOST, dtype, shape);
    }

    /**
     * A view of host memory that somebody else owns; longer memory is cut to the shape.
     *
     * @throws IllegalArgumentException
     *             if the memory is on the heap, too small, or not aligned for the element type
     */
    public static Tensor wrap(MemorySegment data, DType dtype, long... shape) {
        return new Tensor(data, MemoryKind.HOST, dtype, shape);
    }

    /** As {@link #wrap(MemorySegment, DType, long...)}, for memory of another kind. */
    public static Tensor wrap(MemorySegment data, MemoryKind kind, DType dtype, long... shape) {
        return new Tensor(data, kind, dtype, shape);
    }

    public DType dtype() {
        return dtype;
    }

    /** A copy of the dimensions, outermost first. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** One dimension, without the copy that {@link #shape()} makes. */
    public long dimension(int index) {
        return shape[index];
    }

    public long elements() {
        return elements;
    }

    public long byteSize() {
        return data.byteSize();
    }

    /** Exactly {@link #byteSize()} bytes. Not to be read or written by the CPU where the kind is DEVICE. */
    public MemorySegment data() {
        return data;
    }

    public MemoryKind kind() {
        return kind;
    }

    /**
     * The same bytes under another shape with the same number of elements.
     *
     * @throws IllegalArgumentException
     *             if the number of elements differs
     */
    public Tensor reshape(long... newShape) {
        if (Shapes.elements(newShape) != elements) {
            throw new IllegalArgumentException("cannot reshape " + this + " to " + Arrays.toString(newShape)
                    + ": the number of elements must stay [" + elements + "]");
        }
        return new Tensor(data, kind, dtype, newShape);
    }

    /**
     * The first elements of the same bytes under another shape.
     *
     * @throws IllegalArgumentException
     *             if the new shape has more elements than this tensor
     */
    public Tensor prefix(long... newShape) {
        if (Shapes.elements(newShape) > elements) {
            throw new IllegalArgumentException("cannot take " + Arrays.toString(newShape) + " from the start of " + this
                    + ": it has only [" + elements + "] elements");
        }
        return new Tensor(data, kind, dtype, newShape);
    }

    /** A heap copy of FLOAT32 or (widened, exactly) FLOAT16 values; other types are refused. */
    public float[] toFloats() {
        return TensorCopy.floats(this);
    }

    /** Fills the whole tensor: FLOAT32 as is, FLOAT16 rounded to nearest even. The count must match. */
    public void setFloats(float[] values) {
        TensorCopy.setFloats(this, values);
    }

    /** A heap copy of an integer or BOOL tensor, widened (UINT8 without sign); float types are refused. */
    public long[] toLongs() {
        return TensorCopy.longs(this);
    }

    /** Fills the whole tensor with integers; the count must match and each value must fit the element type. */
    public void setLongs(long... values) {
        TensorCopy.setLongs(this, values);
    }

    /** For example {@code FLOAT32[1, 256, 384]}. */
    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
