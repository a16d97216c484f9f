package dev.tandem.engine.onnx;

import dev.tandem.tensor.DType;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** Element types, ours and ONNX Runtime's (ONNXTensorElementDataType). */
final class OnnxTypes {
    private OnnxTypes() {
    }

    static int code(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
            case FLOAT16 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16;
            case INT64 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;
            case INT32 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32;
            case INT8 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8;
            case UINT8 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8;
            case BOOL -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL;
        };
    }

    /**
     * @throws IllegalArgumentException
     *             for a type that Tandem does not carry; names the tensor and the code found
     */
    static DType dtype(String tensor, int code) {
        for (DType dtype : DType.values()) {
            if (code(dtype) == code) {
                return dtype;
            }
        }
        throw new IllegalArgumentException("tensor [" + tensor + "] has ONNX element type [" + code
                + "], which Tandem does not carry: it knows " + java.util.Arrays.toString(DType.values()));
    }

    /** The only kind of value that Tandem carries (ONNXType). */
    static final int TENSOR = onnxruntime.ONNX_TYPE_TENSOR;
}
