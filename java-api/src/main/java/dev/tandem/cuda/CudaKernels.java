package dev.tandem.cuda;

import dev.tandem.foreign.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own CUDA kernels, libtandem_cuda, or the reasons why they cannot run here: no library, another version, no
 * device, or no code for the device. The library brings its CUDA runtime along, so it loads without a driver.
 * <b>Threads:</b> immutable, any thread; the first caller of {@link #get()} loads the library and its code for the
 * current device.
 */
public final class CudaKernels {
    private static final int TEXT_BYTES = 512;

    private static final class Holder {
        static final CudaKernels FOUND = probe(NativeLibrary.sibling("tandem_cuda", "td_cuda_version_abi"));
    }

    private final Path file;
    private final String architectures;
    private final List<String> reasons;

    private CudaKernels(Path file, String architectures, List<String> reasons) {
        this.file = file;
        this.architectures = architectures;
        this.reasons = List.copyOf(reasons);
    }

    /** The kernels of this process; never throws. */
    public static CudaKernels get() {
        return Holder.FOUND;
    }

    /** Whether kernels can run on the current device. */
    public boolean available() {
        return reasons.isEmpty();
    }

    /** Why not, one sentence each; empty where they can. */
    public List<String> reasons() {
        return reasons;
    }

    /** The file that was looked for. */
    public Path file() {
        return file;
    }

    /** What there is code for, as {@code sm_87 sm_90 compute_120}; empty where the library is not loaded. */
    public String architectures() {
        return architectures;
    }

    static CudaKernels probe(NativeLibrary library) {
        if (!library.available()) {
            List<String> reasons = new ArrayList<>(library.reasons());
            reasons.add("native/ builds it where it finds nvcc");
            return new CudaKernels(library.file(), "", reasons);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(TEXT_BYTES);
            int _ = (int) link(library, "td_cuda_architectures", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)
                    .invokeExact(text, text.byteSize());
            String architectures = text.getString(0);
            MemorySegment error = arena.allocate(ValueLayout.JAVA_INT);
            int status = (int) link(library, "td_cuda_prepare", ValueLayout.ADDRESS).invokeExact(error);
            if (status == 0) {
                return new CudaKernels(library.file(), architectures, List.of());
            }
            int code = error.get(ValueLayout.JAVA_INT, 0);
            int _ = (int) link(library, "td_cuda_error_describe", ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG).invokeExact(code, text, text.byteSize());
            return new CudaKernels(library.file(), architectures, List.of("its kernels, for [" + architectures
                    + "], cannot run on this machine: CUDA error [" + code + "], [" + text.getString(0) + "]"));
        } catch (Throwable t) {
            return new CudaKernels(library.file(), "", List.of("asking [" + library.file() + "] failed: " + t));
        }
    }

    private static MethodHandle link(NativeLibrary library, String name, MemoryLayout... arguments) {
        return library.link(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
