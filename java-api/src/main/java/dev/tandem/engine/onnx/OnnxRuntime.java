package dev.tandem.engine.onnx;

import dev.tandem.engine.Availability;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.VendorPresets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.Status;
import org.bytedeco.onnxruntime.StringVector;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * The loaded library: probed once, never by throwing. <b>Threads:</b> any; the C table is immutable.
 */
final class OnnxRuntime {
    private OnnxRuntime() {
    }

    /** Initialised on first use, so that asking for availability decides when natives are loaded. */
    private static final class Probe {
        static final OrtApi API;
        static final List<String> PROVIDERS;
        static final Availability AVAILABILITY;

        static {
            OrtApi api = null;
            List<String> providers = List.of();
            Availability availability;
            VendorPresets.prepare();
            try (PointerScope _ = new PointerScope()) {
                api = onnxruntime.GetApi();
                String version = onnxruntime.GetVersionString().getString(StandardCharsets.UTF_8);
                providers = readProviders();
                availability = api == null || api.isNull()
                        ? Availability
                                .no("the ONNX Runtime library is [" + version + "], which has no C table of version ["
                                        + onnxruntime.ORT_API_VERSION + "]: use the library that the preset brings")
                        : Availability.yes("ONNX Runtime " + version + " " + providers);
            } catch (LinkageError | RuntimeException e) {
                availability = new Availability(false, reasons(e));
            }
            API = api;
            PROVIDERS = providers;
            AVAILABILITY = availability;
        }
    }

    static Availability availability() {
        return Probe.AVAILABILITY;
    }

    /** The execution providers compiled in, best first; empty where the library is not available. */
    static List<String> providers() {
        return Probe.PROVIDERS;
    }

    static OrtApi api() {
        return Probe.API;
    }

    private static List<String> readProviders() {
        StringVector vector = onnxruntime.GetAvailableProviders();
        List<String> names = new ArrayList<>();
        for (long i = 0; i < vector.size(); i++) {
            names.add(vector.get(i).getString(StandardCharsets.UTF_8));
        }
        return List.copyOf(names);
    }

    private static List<String> reasons(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        String remedy = VendorPresets.unpacking(failure);
        if (remedy != null) {
            reasons.add(remedy);
        }
        for (Throwable t = failure; t != null && reasons.size() < 5; t = t.getCause()) {
            reasons.add("ONNX Runtime did not load: " + t);
        }
        String refusal = VendorPresets.refusal(OnnxRuntime.class.getModule());
        if (refusal != null) {
            reasons.add(refusal);
        }
        return reasons;
    }

    /** Does nothing for success (no status); otherwise frees the status and throws its text. */
    static void check(OrtStatus status, String operation) {
        if (status != null && !status.isNull()) {
            throw failure(status, operation);
        }
    }

    private static NativeCallException failure(OrtStatus raw, String operation) {
        try (PointerScope _ = new PointerScope(); Status status = new Status(raw)) {
            BytePointer text = status.GetErrorMessage();
            return new NativeCallException(operation, status.GetErrorCode(),
                    text == null ? "" : text.getString(StandardCharsets.UTF_8));
        }
    }

    /** Lets an object made inside a PointerScope live on until it is closed by name. */
    static <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /** A C string of UTF-8 bytes, to be closed by the caller or its scope. */
    static BytePointer cString(String text) {
        return new BytePointer(text, StandardCharsets.UTF_8);
    }
}
