package dev.tandem.engine.tensorrt;

import dev.tandem.cuda.CudaProbe;
import dev.tandem.cuda.CudaReport;
import dev.tandem.engine.Availability;
import dev.tandem.foreign.VendorPresets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.tensorrt.global.nvinfer;

/**
 * Asks whether TensorRT could be used here: the preset, the library, a version pair that fits, and a CUDA device. Used
 * by {@code doctor}, which says what is found; it builds no engine and is no {@link dev.tandem.engine.EngineProvider}.
 * <b>Threads:</b> any.
 */
public final class TensorRtProbe {
    private TensorRtProbe() {
    }

    private static final class Holder {
        static final Availability AVAILABILITY = probe();
    }

    /** Never throws; probed once. */
    public static Availability availability() {
        return Holder.AVAILABILITY;
    }

    private static Availability probe() {
        List<String> reasons = new ArrayList<>();
        String found = "";
        VendorPresets.prepare();
        try (PointerScope _ = new PointerScope()) {
            TensorRtVersion library = new TensorRtVersion(nvinfer.getInferLibMajorVersion(),
                    nvinfer.getInferLibMinorVersion(), nvinfer.getInferLibPatchVersion());
            found = "TensorRT " + library;
            reasons.addAll(mismatch(headers(), library));
        } catch (LinkageError | RuntimeException e) {
            reasons.add("TensorRT did not load: " + e + "; org.bytedeco:tensorrt with its natives must be on the class "
                    + "path and libnvinfer.so.10 of TensorRT " + headers() + " or later 10.x where the system looks");
            String refusal = VendorPresets.refusal(TensorRtProbe.class.getModule());
            if (refusal != null) {
                reasons.add(refusal);
            }
        }
        CudaReport cuda = CudaProbe.report();
        reasons.addAll(cuda.reasons());
        if (reasons.isEmpty()) {
            return Availability.yes(found, "CUDA device " + cuda.devices().getFirst());
        }
        if (!found.isEmpty()) {
            reasons.addFirst(found + " is there");
        }
        return new Availability(false, reasons);
    }

    /** Compile-time constants of the preset: nothing is loaded to read them. */
    private static TensorRtVersion headers() {
        return new TensorRtVersion(nvinfer.NV_TENSORRT_MAJOR, nvinfer.NV_TENSORRT_MINOR, nvinfer.NV_TENSORRT_PATCH);
    }

    static List<String> mismatch(TensorRtVersion headers, TensorRtVersion library) {
        return TensorRtVersion.compatible(headers, library)
                ? List.of()
                : List.of("the TensorRT library is [" + library + "], the bindings were built for [" + headers
                        + "]: needed is the same major version and nothing older; install TensorRT " + headers
                        + " or later, or use the build of Tandem for this system's version");
    }
}
