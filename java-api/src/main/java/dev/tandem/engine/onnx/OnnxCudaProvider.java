package dev.tandem.engine.onnx;

import dev.tandem.cuda.CudaProbe;
import dev.tandem.cuda.CudaReport;
import dev.tandem.engine.Availability;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * ONNX Runtime with its CUDA provider on device 0, where the {@code -gpu} natives are on the class path (Maven profile
 * {@code cuda}; x86-64 only, none exist for arm64). Nodes that CUDA lacks run on the CPU. Tensors are bound in host
 * memory and copied by the runtime. {@link Precision#FP32} switches TF32 off.
 */
public final class OnnxCudaProvider implements EngineProvider {
    static final String CUDA_PROVIDER = "CUDAExecutionProvider";

    @Override
    public String name() {
        return "onnx-cuda";
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Availability availability() {
        Availability runtime = OnnxRuntime.availability();
        if (!runtime.available()) {
            return runtime;
        }
        List<String> providers = OnnxRuntime.providers();
        List<String> reasons = new ArrayList<>();
        if (!providers.contains(CUDA_PROVIDER)) {
            reasons.add("this build of ONNX Runtime has " + providers + " but not [" + CUDA_PROVIDER
                    + "]: put the linux-x86_64-gpu natives of org.bytedeco:onnxruntime on the class path "
                    + "(Maven profile cuda)");
        }
        CudaReport cuda = CudaProbe.report();
        reasons.addAll(cuda.reasons());
        return reasons.isEmpty()
                ? Availability.yes(runtime.reason(), "CUDA device " + cuda.devices().getFirst())
                : new Availability(false, reasons);
    }

    @Override
    public Engine create(EngineSettings settings) {
        return OnnxProvider.create(this, settings, true);
    }
}
