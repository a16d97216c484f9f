package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.GrowingSegment;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The memory of one run of a native hyper-synthesis, kept for the next. One thread at a time. */
final class HyperScratch implements Pool.Item {
    private final CountedArena arena;
    private final MemorySegment size;
    private final GrowingSegment experts;
    private final GrowingSegment z;
    private final GrowingSegment mean;
    private final GrowingSegment logit;
    private final GrowingSegment rows;
    private final GrowingSegment workspace;

    HyperScratch(MemoryAccount memory) {
        arena = CountedArena.shared(memory);
        size = arena.allocate(ValueLayout.JAVA_LONG);
        experts = new GrowingSegment(arena);
        z = new GrowingSegment(arena);
        mean = new GrowingSegment(arena);
        logit = new GrowingSegment(arena);
        rows = new GrowingSegment(arena);
        workspace = new GrowingSegment(arena);
    }

    /** Runs count tokens, whose shapes are checked; the results stay here. */
    void run(MemorySegment image, int count, int[] expertOf, int[] zOf, int zFrom, int hyperWidth, int width) {
        MemorySegment.copy(expertOf, 0, experts.atLeast(Math.max(1, 4L * count)), ValueLayout.JAVA_INT, 0, count);
        MemorySegment.copy(zOf, zFrom, z.atLeast(Math.max(1, 4L * count * hyperWidth)), ValueLayout.JAVA_INT, 0,
                count * hyperWidth);
        NativeStatus.check(HyperFunctions.workspaceBytes(image, count, size), "measuring a workspace");
        HyperFunctions.runPicture(image, count, experts.atLeast(1), z.atLeast(1), mean.atLeast(bytes(count, width)),
                logit.atLeast(bytes(count, width)), width,
                workspace.atLeast(Math.max(1, size.get(ValueLayout.JAVA_LONG, 0))));
    }

    private static long bytes(int count, int width) {
        return Math.max(1, 2L * count * width);
    }

    /** Means of the last run, int16. */
    MemorySegment mean() {
        return mean.atLeast(1);
    }

    /** Logits of the last run, int16. */
    MemorySegment logit() {
        return logit.atLeast(1);
    }

    /** Room for one table row, uint16, of each of count values. */
    MemorySegment rows(int count) {
        return rows.atLeast(Math.max(1, 2L * count));
    }

    @Override
    public long bytes() {
        return arena.allocatedBytes();
    }

    @Override
    public void free() {
        arena.close();
    }
}
