package dev.tandem.entropy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Off-heap memory that grows by doubling and is never given back before its arena. One thread at a time. */
public final class GrowingSegment {
    private static final int ALIGNMENT = 64;

    private final Arena arena;
    private MemorySegment segment = MemorySegment.NULL;

    public GrowingSegment(Arena arena) {
        this.arena = arena;
    }

    /** At least that many bytes; what was there stays. */
    public MemorySegment atLeast(long bytes) {
        if (segment.byteSize() < bytes) {
            MemorySegment larger = arena.allocate(Math.max(bytes, 2 * segment.byteSize()), ALIGNMENT);
            MemorySegment.copy(segment, 0, larger, 0, segment.byteSize());
            segment = larger;
        }
        return segment;
    }
}
