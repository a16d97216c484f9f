package dev.tandem.cluster;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of {@code native/include/tandem/cluster.h}; only where the library is available. */
final class DpcKnnFunctions {
    /** {@code TD_CLUSTER_BF16}. */
    static final int BF16 = 1;

    private static final MethodHandle WORKSPACE = NativeLibrary.get().link("td_dpc_knn_workspace",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CLUSTER = NativeLibrary.get().link("td_dpc_knn",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private DpcKnnFunctions() {
    }

    /** Writes a size_t to {@code bytes}. */
    static int workspace(int n, int width, int clusters, int neighbours, int options, MemorySegment bytes) {
        try {
            return (int) WORKSPACE.invokeExact(n, width, clusters, neighbours, options, bytes);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_dpc_knn_workspace", t);
        }
    }

    static int cluster(Tensor tokens, int clusters, int neighbours, int options, Tensor merged, DpcKnnScratch s) {
        try {
            return (int) CLUSTER.invokeExact(tokens.data(), (int) tokens.dimension(0), (int) tokens.dimension(1),
                    clusters, neighbours, options, s.workspace, s.workspace.byteSize(), s.centres, s.assignment,
                    merged.data(), s.importance, s.where);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_dpc_knn", t);
        }
    }
}
