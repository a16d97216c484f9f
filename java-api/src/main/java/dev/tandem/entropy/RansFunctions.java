package dev.tandem.entropy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions and structures of {@code native/include/tandem/rans.h}. Calls are checked by the classes that make
 * them.
 */
final class RansFunctions {
    static final StructLayout FAULT = MemoryLayout.structLayout(JAVA_LONG.withName("offset"),
            JAVA_LONG.withName("found"), JAVA_INT.withName("reason"), JAVA_INT.withName("row"));
    static final StructLayout DECODER = MemoryLayout.structLayout(ADDRESS.withName("stream"),
            JAVA_LONG.withName("bytes"), JAVA_LONG.withName("next"), JAVA_LONG.withName("state"),
            FAULT.withName("fault"), JAVA_LONG.withName("read"), JAVA_INT.withName("status"),
            JAVA_INT.withName("reserved"));
    static final StructLayout READ = MemoryLayout.structLayout(ADDRESS.withName("rows"), ADDRESS.withName("values"),
            JAVA_LONG.withName("count"));
    static final StructLayout WRITE = MemoryLayout.structLayout(ADDRESS.withName("rows"), ADDRESS.withName("values"),
            JAVA_LONG.withName("count"), ADDRESS.withName("stream"), JAVA_LONG.withName("capacity"),
            JAVA_LONG.withName("bytes"), JAVA_LONG.withName("bad"), JAVA_INT.withName("status"),
            JAVA_INT.withName("reserved"));

    private static final MethodHandle IMAGE_BYTES = link("td_rans_image_bytes",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle PREPARE = link("td_rans_prepare",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle BEGIN = link("td_rans_begin",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle GET_MANY = link("td_rans_get_many",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle END = link("td_rans_end", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle STREAM_BOUND = link("td_rans_stream_bound",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle ENCODE = link("td_rans_encode",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle DESCRIBE = link("td_rans_describe",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    private RansFunctions() {
    }

    private static MethodHandle link(String name, FunctionDescriptor signature) {
        return NativeLibrary.get().link(name, signature);
    }

    static int imageBytes(MemorySegment file, MemorySegment bytes, MemorySegment fault) {
        try {
            return (int) IMAGE_BYTES.invokeExact(file, file.byteSize(), bytes, fault);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_image_bytes", t);
        }
    }

    static int prepare(MemorySegment file, MemorySegment image, MemorySegment fault) {
        try {
            return (int) PREPARE.invokeExact(file, file.byteSize(), image, image.byteSize(), fault);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_prepare", t);
        }
    }

    static int begin(MemorySegment decoder, MemorySegment stream, long bytes) {
        try {
            return (int) BEGIN.invokeExact(decoder, stream, bytes);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_begin", t);
        }
    }

    static int getMany(MemorySegment image, MemorySegment decoders, MemorySegment reads, long streams) {
        try {
            return (int) GET_MANY.invokeExact(image, decoders, reads, streams);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_get_many", t);
        }
    }

    static int end(MemorySegment decoder) {
        try {
            return (int) END.invokeExact(decoder);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_end", t);
        }
    }

    static long streamBound(long count) {
        try {
            return (long) STREAM_BOUND.invokeExact(count);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_stream_bound", t);
        }
    }

    static int encode(MemorySegment image, MemorySegment write) {
        try {
            return (int) ENCODE.invokeExact(image, write, 1L);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_encode", t);
        }
    }

    static String tier(MemorySegment text) {
        try {
            NativeStatus.check((int) DESCRIBE.invokeExact(text, text.byteSize()), "asking for the tier of the coder");
            return text.getString(0);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_rans_describe", t);
        }
    }
}
