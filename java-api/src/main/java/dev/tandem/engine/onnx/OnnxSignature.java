package dev.tandem.engine.onnx;

import dev.tandem.tensor.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.onnxruntime.ConstTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.LongVector;
import org.bytedeco.onnxruntime.Session;
import org.bytedeco.onnxruntime.StringVector;
import org.bytedeco.onnxruntime.TypeInfo;

/** Reads the names, types and shapes of a graph's inputs and outputs. */
final class OnnxSignature {
    private OnnxSignature() {
    }

    static List<TensorInfo> inputs(Session session) {
        try (PointerScope _ = new PointerScope()) {
            return read(session.GetInputNames(), session::GetInputTypeInfo);
        }
    }

    static List<TensorInfo> outputs(Session session) {
        try (PointerScope _ = new PointerScope()) {
            return read(session.GetOutputNames(), session::GetOutputTypeInfo);
        }
    }

    private static List<TensorInfo> read(StringVector names, LongFunction<TypeInfo> types) {
        List<TensorInfo> infos = new ArrayList<>();
        for (long i = 0; i < names.size(); i++) {
            infos.add(info(names.get(i).getString(StandardCharsets.UTF_8), types.apply(i)));
        }
        return List.copyOf(infos);
    }

    private static TensorInfo info(String name, TypeInfo type) {
        if (type.GetONNXType() != OnnxTypes.TENSOR) {
            throw new IllegalArgumentException("[" + name + "] is of ONNX kind [" + type.GetONNXType()
                    + "]: Tandem's graphs take and give dense tensors only");
        }
        ConstTensorTypeAndShapeInfo tensor = type.GetTensorTypeAndShapeInfo();
        LongVector dimensions = tensor.GetShape();
        long[] shape = new long[Math.toIntExact(dimensions.size())];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i);
        }
        return new TensorInfo(name, OnnxTypes.dtype(name, tensor.GetElementType()), shape);
    }
}
