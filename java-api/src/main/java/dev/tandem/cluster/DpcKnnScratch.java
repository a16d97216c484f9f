package dev.tandem.cluster;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.Pool;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Off-heap results and workspace of one call, kept for the next one; memory is only taken anew when a shape needs more.
 * For one thread at a time, any thread.
 */
final class DpcKnnScratch implements Pool.Item {
    private static final long LINE = 64;

    private final MemoryAccount memory;
    private CountedArena arena;
    private MemorySegment all = MemorySegment.NULL;
    private long n;
    private long width;
    private int clusters;
    private int neighbours;
    MemorySegment centres;
    MemorySegment assignment;
    MemorySegment importance;
    MemorySegment where;
    MemorySegment workspace;

    DpcKnnScratch(MemoryAccount memory) {
        this.memory = memory;
    }

    /** Makes every segment fit; a shape like the last one costs nothing. */
    void fit(Tensor tokens, int newClusters, int newNeighbours, int options) {
        long newN = tokens.dimension(0);
        long newWidth = tokens.dimension(1);
        if (newN == n && newWidth == width && newClusters == clusters && newNeighbours == neighbours) {
            return;
        }
        n = 0; // nothing fits until all is cut
        long[] bytes = {4L * newClusters, 4L * newN, 4L * newClusters, Long.BYTES,
                workspaceBytes((int) newN, (int) newWidth, newClusters, newNeighbours, options)};
        long needed = 0;
        for (long b : bytes) {
            needed += lines(b);
        }
        if (needed > all.byteSize()) {
            free();
            arena = CountedArena.shared(memory);
            all = arena.allocate(needed, LINE);
        }
        MemorySegment[] cut = new MemorySegment[bytes.length];
        long at = 0;
        for (int i = 0; i < bytes.length; i++) {
            cut[i] = all.asSlice(at, bytes[i]);
            at += lines(bytes[i]);
        }
        centres = cut[0];
        assignment = cut[1];
        importance = cut[2];
        where = cut[3];
        workspace = cut[4];
        n = newN;
        width = newWidth;
        clusters = newClusters;
        neighbours = newNeighbours;
    }

    @Override
    public long bytes() {
        return all.byteSize();
    }

    @Override
    public void free() {
        n = 0;
        all = MemorySegment.NULL;
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }

    private long workspaceBytes(int forN, int forWidth, int forClusters, int forNeighbours, int options) {
        try (CountedArena passing = CountedArena.confined(memory)) {
            MemorySegment bytes = passing.allocate(ValueLayout.JAVA_LONG);
            NativeStatus.check(
                    DpcKnnFunctions.workspace(forN, forWidth, forClusters, forNeighbours, options, bytes),
                    "size the workspace for clustering [" + forN + "] tokens of width [" + forWidth + "]");
            return bytes.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static long lines(long bytes) {
        return (bytes + LINE - 1) / LINE * LINE;
    }
}
