package dev.tandem.edge.lmm;

import java.lang.foreign.Arena;

import dev.tandem.tensor.Tensor;

/**
 * Keys and values of every layer in off-heap memory, one block each with room for {@code capacity} positions. The first
 * n positions are seen through {@link #view}: a graph reads or writes them densely as [1,heads,n,width], so a longer
 * length means another layout and a cache is always written as a whole. The memory belongs to the arena.
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
        for (int i = 0; i < parts.length; i++)
            parts[i] = Tensor.allocate(arena, layout.cacheType(), 1, layout.heads(), capacity, layout.headWidth());
        return new KvCache(parts, layout.heads(), layout.headWidth(), capacity);
    }

    /** One part (keys and values of each layer by turns) with the given number of positions. */
    Tensor view(int part, int length) {
        return parts[part].prefix(1, heads, length, headWidth);
    }

    int parts() {
        return parts.length;
    }

    int capacity() {
        return capacity;
    }

    long bytes() {
        long sum = 0;
        for (Tensor part : parts)
            sum += part.byteSize();
        return sum;
    }
}
