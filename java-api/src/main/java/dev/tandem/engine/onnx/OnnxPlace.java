package dev.tandem.engine.onnx;

import dev.tandem.engine.TensorInfo;
import dev.tandem.tensor.Tensor;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * One named input or output of a binding: the C string and the dimensions' memory are made once, so that attaching
 * another tensor allocates nothing.
 */
final class OnnxPlace implements AutoCloseable {
    final TensorInfo info;
    final boolean input;
    final int type;
    final int rank;
    final BytePointer name;
    final LongPointer dimensions;
    /** What is attached now; held so that its memory stays reachable and can be asked whether it is open. */
    Tensor tensor;
    private final LongBuffer dimensionsView;

    OnnxPlace(TensorInfo info, boolean input) {
        this.info = info;
        this.input = input;
        this.type = OnnxTypes.code(info.dtype());
        this.rank = info.shape().length;
        try (PointerScope _ = new PointerScope()) {
            this.name = OnnxRuntime.keep(OnnxRuntime.cString(info.name()));
            this.dimensions = OnnxRuntime.keep(new LongPointer(Math.max(1, rank)));
            this.dimensionsView = dimensions.asBuffer();
        }
    }

    void describe(Tensor tensor) {
        for (int i = 0; i < rank; i++)
            dimensionsView.put(i, tensor.dimension(i));
    }

    @Override
    public void close() {
        name.close();
        dimensions.close();
    }
}
