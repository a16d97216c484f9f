package dev.tandem.cli.doctor;

import dev.tandem.cuda.CudaKernels;
import dev.tandem.cuda.CudaProbe;
import dev.tandem.cuda.CudaReport;
import dev.tandem.engine.Availability;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.Engines;
import dev.tandem.engine.tensorrt.TensorRtProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which engines can run here, and why others cannot. */
final class EngineChecks {

    private EngineChecks() {
    }

    static List<Finding> engines() {
        List<Finding> findings = new ArrayList<>();
        boolean any = false;
        for (EngineProvider provider : Engines.all()) {
            Availability availability = provider.availability();
            any |= availability.available();
            String words = availability.available()
                    ? "available" + (availability.reasons().isEmpty()
                            ? ""
                            : ": " + availability.reason())
                    : "not available: " + availability.reason();
            findings.add(availability.available()
                    ? Finding.ok("engine " + provider.name(), words)
                    : Finding.note("engine " + provider.name(), words));
        }
        if (!any) {
            findings.add(Finding.fault("engines", "none can run here, the lines above say why; needed is ONNX"
                    + " Runtime's jar for this system, and a folder that its library can be unpacked to"));
        }
        findings.add(cuda());
        findings.add(cudaKernels());
        findings.add(tensorRt());
        return findings;
    }

    private static Finding cuda() {
        CudaReport report = CudaProbe.report();
        return report.available()
                ? Finding.ok("CUDA",
                        String.format(Locale.ROOT, "runtime %d, driver %d, %s", report.runtimeVersion(),
                                report.driverVersion(),
                                report.devices()))
                : Finding.note("CUDA", "not used: " + String.join("; ", report.reasons()));
    }

    private static Finding cudaKernels() {
        CudaKernels kernels = CudaKernels.get();
        return kernels.available()
                ? Finding.ok("CUDA kernels", kernels.file() + ", for " + kernels.architectures())
                : Finding.note("CUDA kernels", "not used: " + String.join("; ", kernels.reasons()));
    }

    private static Finding tensorRt() {
        Availability availability = TensorRtProbe.availability();
        return availability.available()
                ? Finding.ok("TensorRT", availability.reason())
                : Finding.note("TensorRT", "not used: " + availability.reason());
    }
}
