package dev.tandem.edge.lmm;

import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Keys and values of every layer in off-heap memory, one block each with room for {@code capacity} positions, owned by
 * the arena. It is used in one of two layouts: <em>dense</em>, where {@code length} positions lie as
 * [1,heads,length,width] at the start of the block, or <em>in place</em>, where they are the first of
 * [1,heads,capacity,width]. A cache whose length is its capacity is both.
 */
final class KvCache {
    private final Tensor[] parts;
    private final int heads;
    private final int headWidth;
    private final int capacity;

    private KvCache(Tensor[] parts, int heads, int headWidth, int capacity) {
        this.parts = parts;
        this.heads = heads;
        this.headWidth = headWidth;
        this.capacity = capacity;
    }

    static KvCache allocate(Arena arena, DecoderLayout layout, int capacity) {
        Tensor[] parts = new Tensor[layout.past().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Tensor.allocate(arena, layout.cacheType(), 1, layout.heads(), capacity, layout.headWidth());
        }
        return new KvCache(parts, layout.heads(), layout.headWidth(), capacity);
    }

    /** One part (keys and values of each layer by turns) as {@code length} dense positions. */
    Tensor view(int part, int length) {
        return parts[part].prefix(1, heads, length, headWidth);
    }

    /** One part with its whole capacity. */
    Tensor whole(int part) {
        return parts[part];
    }

    /** Copies the first positions of another cache, both in place; off-heap to off-heap. */
    void copy(KvCache from, int length) {
        for (int part = 0; part < parts.length; part++) {
            MemorySegment target = parts[part].data();
            MemorySegment source = from.parts[part].data();
            long position = (long) headWidth * parts[part].dtype().bytes();
            for (int head = 0; head < heads; head++) {
                MemorySegment.copy(source, head * from.capacity * position, target, head * capacity * position,
                        length * position);
            }
        }
    }

    int parts() {
        return parts.length;
    }

    int capacity() {
        return capacity;
    }

    long bytes() {
        long sum = 0;
        for (Tensor part : parts) {
            sum += part.byteSize();
        }
        return sum;
    }
}
