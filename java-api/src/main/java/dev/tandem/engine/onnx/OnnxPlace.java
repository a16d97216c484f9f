package dev.tandem.engine.onnx;

import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * One named input or output of a binding: the C string and the dimensions' memory are made once in the binding's arena,
 * so that attaching another tensor allocates nothing.
 */
final class OnnxPlace {
    final TensorInfo info;
    final boolean input;
    final int type;
    final int rank;
    final BytePointer name;
    final LongPointer dimensions;
    /** What is attached now; held so that its memory stays reachable and can be asked whether it is open. */
    Tensor tensor;
    private final MemorySegment shape;

    OnnxPlace(TensorInfo info, boolean input, Arena arena) {
        this.info = info;
        this.input = input;
        this.type = OnnxTypes.code(info.dtype());
        this.rank = info.rank();
        this.shape = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, rank));
        this.name = new BytePointer(OnnxAddress.of(arena.allocateFrom(info.name())));
        this.dimensions = new LongPointer(OnnxAddress.of(shape));
    }

    void describe(Tensor next) {
        for (int i = 0; i < rank; i++) {
            shape.setAtIndex(ValueLayout.JAVA_LONG, i, next.dimension(i));
        }
    }
}
