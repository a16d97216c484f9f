package dev.tandem.engine.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Bytes that the process holds from malloc, exactly, as glibc counts them: a leak shows long before RSS moves. */
final class MallocCount {
    private static final int FIELDS = 10;
    private static final int HUGE_BLOCKS = 4;
    private static final int USED = 7;

    private final MethodHandle mallinfo;

    /** Whether the C library has {@code mallinfo2}; glibc 2.33 has. */
    static boolean possible() {
        return Linker.nativeLinker().defaultLookup().find("mallinfo2").isPresent();
    }

    @SuppressWarnings("restricted")
    MallocCount() {
        StructLayout info = MemoryLayout
                .structLayout(
                        java.util.Collections.nCopies(FIELDS, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new));
        Linker linker = Linker.nativeLinker();
        mallinfo = linker.downcallHandle(linker.defaultLookup().find("mallinfo2").orElseThrow(),
                FunctionDescriptor.of(info));
    }

    /** The least of several looks, so that what a compiler thread holds for a moment does not count. */
    long usedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            least = Math.min(least, now());
            Thread.sleep(20);
        }
        return least;
    }

    private long now() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo.invoke((java.lang.foreign.SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, HUGE_BLOCKS) + info.getAtIndex(ValueLayout.JAVA_LONG, USED);
        } catch (Throwable t) {
            throw new IllegalStateException("mallinfo2 failed", t);
        }
    }
}
