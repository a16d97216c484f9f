package dev.tandem.cuda;

import dev.tandem.foreign.VendorPresets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.PointerScope;

/**
 * Asks once which CUDA devices there are. Neither the preset, nor the runtime library, nor a driver has to be present:
 * what is missing becomes a reason. <b>Threads:</b> any; the first caller probes.
 */
public final class CudaProbe {
    private CudaProbe() {
    }

    private static final class Holder {
        static final CudaReport REPORT = probe();
    }

    /** Never throws; the answer is kept for the life of the process. */
    public static CudaReport report() {
        return Holder.REPORT;
    }

    private static CudaReport probe() {
        VendorPresets.prepare();
        try {
            return ask();
        } catch (LinkageError | RuntimeException e) {
            List<String> reasons = new ArrayList<>();
            reasons.add("the CUDA runtime did not load: " + e);
            if (e instanceof NoClassDefFoundError) {
                reasons.add("org.bytedeco:cuda and its natives for this system must be on the class path, and "
                        + "libcudart.so.13 where the system looks for libraries");
            }
            String refusal = VendorPresets.refusal(CudaProbe.class.getModule());
            if (refusal != null) {
                reasons.add(refusal);
            }
            return new CudaReport(List.of(), 0, 0, reasons);
        }
    }

    private static CudaReport ask() {
        try (PointerScope _ = new PointerScope()) {
            int[] runtime = new int[1];
            int[] driver = new int[1];
            int[] count = new int[1];
            cudart.cudaRuntimeGetVersion(runtime);
            cudart.cudaDriverGetVersion(driver);
            int status = cudart.cudaGetDeviceCount(count);
            List<CudaDevice> devices = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            if (status != cudart.cudaSuccess) {
                reasons.add("cudaGetDeviceCount failed: status [" + status + "], [" + text(status) + "]");
            } else if (count[0] == 0) {
                reasons.add("the CUDA runtime finds no device");
            } else {
                for (int i = 0; i < count[0]; i++) {
                    addDevice(i, devices, reasons);
                }
            }
            return new CudaReport(devices, runtime[0], driver[0], reasons);
        }
    }

    private static void addDevice(int ordinal, List<CudaDevice> devices, List<String> reasons) {
        cudaDeviceProp properties = new cudaDeviceProp();
        int status = cudart.cudaGetDeviceProperties(properties, ordinal);
        if (status != cudart.cudaSuccess) {
            reasons.add("cudaGetDeviceProperties of device [" + ordinal + "] failed: status [" + status + "], ["
                    + text(status) + "]");
        } else {
            devices.add(new CudaDevice(ordinal, properties.name().getString(StandardCharsets.UTF_8), properties.major(),
                    properties.minor(), properties.totalGlobalMem(), properties.integrated() != 0));
        }
    }

    private static String text(int status) {
        return cudart.cudaGetErrorString(status).getString(StandardCharsets.UTF_8);
    }
}
