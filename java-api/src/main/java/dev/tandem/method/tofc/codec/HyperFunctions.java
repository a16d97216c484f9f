package dev.tandem.method.tofc.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of {@code native/include/tandem/hyper.h}, and {@code td_scale_rows} off the heap. Shapes are checked by
 * the classes that call.
 */
final class HyperFunctions {
    private static final int INT_BYTES = 4;

    private static final MethodHandle IMAGE_BYTES = link("td_hyper_image_bytes",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle PREPARE = link("td_hyper_prepare",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle IMAGE_TIER = link("td_hyper_image_tier",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle WORKSPACE_BYTES = link("td_hyper_workspace_bytes",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle RUN_PICTURE = link("td_hyper_run_picture",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS,
                    JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MethodHandle SCALE_ROWS = link("td_scale_rows",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS));

    private HyperFunctions() {
    }

    private static MethodHandle link(String name, FunctionDescriptor signature) {
        return NativeLibrary.get().link(name, signature);
    }

    static int imageBytes(MemorySegment file, int tier, MemorySegment bytes) {
        try {
            return (int) IMAGE_BYTES.invokeExact(file, file.byteSize(), tier, bytes);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_hyper_image_bytes", t);
        }
    }

    static int prepare(MemorySegment file, int tier, MemorySegment image) {
        try {
            return (int) PREPARE.invokeExact(file, file.byteSize(), tier, image, image.byteSize());
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_hyper_prepare", t);
        }
    }

    static int imageTier(MemorySegment image, MemorySegment tier) {
        try {
            return (int) IMAGE_TIER.invokeExact(image, tier);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_hyper_image_tier", t);
        }
    }

    static int workspaceBytes(MemorySegment image, int tokens, MemorySegment bytes) {
        try {
            return (int) WORKSPACE_BYTES.invokeExact(image, tokens, bytes);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_hyper_workspace_bytes", t);
        }
    }

    static void runPicture(MemorySegment image, int tokens, MemorySegment experts, MemorySegment z, MemorySegment mean,
            MemorySegment logit, long stride, MemorySegment workspace) {
        int status;
        try {
            status = (int) RUN_PICTURE.invokeExact(image, tokens, experts, z, INT_BYTES, mean, logit, stride, workspace,
                    workspace.byteSize());
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_hyper_run_picture", t);
        }
        NativeStatus.check(status, "running the hyper-synthesis");
    }

    static void scaleRows(MemorySegment thresholds, MemorySegment logit, long count, int shift, int firstRow,
            MemorySegment rows) {
        int status;
        try {
            status = (int) SCALE_ROWS.invokeExact(thresholds, logit, count, shift, firstRow, rows);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_scale_rows", t);
        }
        NativeStatus.check(status, "choosing table rows by scale");
    }
}
