package dev.tandem.cli.doctor;

import dev.tandem.cuda.CudaKernels;
import dev.tandem.cuda.CudaProbe;
import dev.tandem.cuda.CudaReport;
import dev.tandem.engine.Availability;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.Engines;
import java.util.ArrayList;
import java.util.List;

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
            findings.add(Finding.fault("engines", "none can run here; ONNX Runtime's jar for this system is needed"));
        }
        findings.add(cuda());
        findings.add(cudaKernels());
        findings.add(library("TensorRT", "libnvinfer.so.10", "TensorRT 10"));
        return findings;
    }

    private static Finding cuda() {
        CudaReport report = CudaProbe.report();
        return report.available()
                ? Finding.ok("CUDA",
                        "runtime %d, driver %d, %s".formatted(report.runtimeVersion(), report.driverVersion(),
                                report.devices()))
                : Finding.note("CUDA", "not used: " + String.join("; ", report.reasons()));
    }

    private static Finding cudaKernels() {
        CudaKernels kernels = CudaKernels.get();
        return kernels.available()
                ? Finding.ok("CUDA kernels", kernels.file() + ", for " + kernels.architectures())
                : Finding.note("CUDA kernels", "not used: " + String.join("; ", kernels.reasons()));
    }

    /** Looked for by name only, as the dynamic linker would; nothing is loaded into this process for good. */
    private static Finding library(String subject, String file, String needed) {
        List<String> folders = new ArrayList<>(
                List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
                        "/usr/lib", "/usr/local/cuda/lib64", "/usr/local/cuda/targets/sbsa-linux/lib",
                        "/usr/local/cuda/targets/aarch64-linux/lib", "/usr/local/lib"));
        String path = System.getenv("LD_LIBRARY_PATH");
        if (path != null) {
            folders.addAll(0, List.of(path.split(":")));
        }
        for (String folder : folders) {
            if (!folder.isEmpty() && java.nio.file.Files.exists(java.nio.file.Path.of(folder, file))) {
                return Finding.ok(subject, folder + "/" + file);
            }
        }
        return Finding.note(subject, "no " + file + " in the library path and the usual folders; install " + needed
                + " to use the GPU, everything works on the CPU without");
    }
}
