package dev.tandem.engine.onnx;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.GraphOptimization;
import dev.tandem.engine.Precision;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCUDAProviderOptionsV2;
import org.bytedeco.onnxruntime.SessionOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** Turns our settings into the runtime's session options. */
final class OnnxOptions {
    private OnnxOptions() {
    }

    /** To be closed by the caller once the session is made. */
    static SessionOptions of(EngineSettings settings, boolean cuda) {
        SessionOptions options = OnnxRuntime.keep(new SessionOptions());
        try {
            options.SetIntraOpNumThreads(settings.threads());
            options.SetInterOpNumThreads(1);
            options.SetExecutionMode(onnxruntime.ORT_SEQUENTIAL);
            options.SetGraphOptimizationLevel(settings.optimization() == GraphOptimization.NONE
                    ? onnxruntime.ORT_DISABLE_ALL
                    : onnxruntime.ORT_ENABLE_ALL);
            if (settings.optimization() == GraphOptimization.ONE_RUN) {
                options.AddConfigEntry("optimization.disable_specified_optimizers", "ConstantFolding");
            }
            // The runtime keeps one memory plan for every combination of input shapes it has seen. A growing KV cache
            // is a new combination each token, so plans would pile up without end.
            options.DisableMemPattern();
            // Each session has threads of its own, which go on spinning after a run and take the cores from the next
            // session's (embedding before decoder, encoder before projector) on a small machine.
            options.AddConfigEntry("session.force_spinning_stop", "1");
            if (cuda) {
                appendCuda(options, settings.precision());
            }
            return options;
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static void appendCuda(SessionOptions options, Precision precision) {
        OrtCUDAProviderOptionsV2 cuda = new OrtCUDAProviderOptionsV2();
        OnnxRuntime.check(OnnxRuntime.api().CreateCUDAProviderOptions(cuda), "create CUDA provider options");
        try (PointerPointer<?> keys = new PointerPointer<>("device_id", "use_tf32");
                PointerPointer<?> values = new PointerPointer<>("0", precision == Precision.FP32 ? "0" : "1")) {
            OnnxRuntime.check(OnnxRuntime.api().UpdateCUDAProviderOptions(cuda, keys, values, 2),
                    "set CUDA provider options");
            options.AppendExecutionProvider_CUDA_V2(cuda);
        } finally {
            onnxruntime.OrtRelease(cuda);
        }
    }
}
