package dev.tandem.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Off-heap memory that grows by doubling and is given back with its arena, not before. One thread at a time. */
public final class GrowingSegment {
    private static final int ALIGNMENT = 64;

    private final Arena arena;
    private MemorySegment segment = MemorySegment.NULL;

    /** Nothing is allocated yet; the arena stays the caller's, who closes it. */
    public GrowingSegment(Arena arena) {
        this.arena = arena;
    }

    /**
     * At least that many bytes; what was there stays.
     *
     * @throws OffHeapLimitException
     *             if the arena's account does not allow it; what was there stays then too
     */
    public MemorySegment atLeast(long bytes) {
        if (segment.byteSize() < bytes) {
            MemorySegment larger = arena.allocate(Math.max(bytes, 2 * segment.byteSize()), ALIGNMENT);
            MemorySegment.copy(segment, 0, larger, 0, segment.byteSize());
            segment = larger;
        }
        return segment;
    }
}
