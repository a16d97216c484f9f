package dev.tandem.cluster;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.NativeStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Off-heap inputs, outputs and workspace of one call, kept for the next one; memory is only taken anew when a shape needs more. For one thread at a time, any thread.
 */
final class DpcKnnScratch {
    private static final long LINE = 64;

    private Arena arena;
    private MemorySegment all = MemorySegment.NULL;
    private int n;
    private int width;
    private int clusters;
    private int neighbours;
    MemorySegment tokens;
    MemorySegment centres;
    MemorySegment assignment;
    MemorySegment merged;
    MemorySegment importance;
    MemorySegment where;
    MemorySegment workspace;

    /** Makes every segment fit; a shape like the last one costs nothing. */
    void fit(int newN, int newWidth, int newClusters, int newNeighbours, int options) {
        if (newN == n && newWidth == width && newClusters == clusters && newNeighbours == neighbours) {
            return;
        }
        n = 0; // nothing fits until all is cut
        long[] bytes = {4L * newN * newWidth, 4L * newClusters, 4L * newN, 4L * newClusters * newWidth,
                4L * newClusters,
                Long.BYTES, workspaceBytes(newN, newWidth, newClusters, newNeighbours, options)};
        long needed = 0;
        for (long b : bytes) {
            needed += lines(b);
        }
        if (needed > all.byteSize()) {
            close();
            arena = CountedArena.shared();
            all = arena.allocate(needed, LINE);
        }
        MemorySegment[] cut = new MemorySegment[bytes.length];
        long at = 0;
        for (int i = 0; i < bytes.length; i++) {
            cut[i] = all.asSlice(at, bytes[i]);
            at += lines(bytes[i]);
        }
        tokens = cut[0];
        centres = cut[1];
        assignment = cut[2];
        merged = cut[3];
        importance = cut[4];
        where = cut[5];
        workspace = cut[6];
        n = newN;
        width = newWidth;
        clusters = newClusters;
        neighbours = newNeighbours;
    }

    void close() {
        n = 0;
        all = MemorySegment.NULL;
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }

    private static long workspaceBytes(int n, int width, int clusters, int neighbours, int options) {
        try (CountedArena passing = CountedArena.confined()) {
            MemorySegment bytes = passing.allocate(ValueLayout.JAVA_LONG);
            NativeStatus.check(DpcKnnFunctions.workspace(n, width, clusters, neighbours, options, bytes),
                    "size the workspace for clustering [" + n + "] tokens of width [" + width + "]");
            return bytes.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static long lines(long bytes) {
        return (bytes + LINE - 1) / LINE * LINE;
    }
}
