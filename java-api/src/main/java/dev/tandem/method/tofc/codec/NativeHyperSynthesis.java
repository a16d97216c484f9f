package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.CapabilityLevel;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * libtandem's hyper-synthesis. The packed network lives until this object is closed; runs keep their memory and give it
 * back to a pool. Immutable, safe for several threads.
 */
final class NativeHyperSynthesis implements HyperSynthesis {
    /** The tier that libtandem finds best. */
    static final int BEST_TIER = -1;
    private static final int ALIGNMENT = 64;
    private static final int MOST_KEPT = 16;
    private static final long MOST_BYTES = 32L << 20;

    private final int tokenWidth;
    private final int hyperWidth;
    private final int experts;
    private final int meanFractionBits;
    private final ScaleThresholds thresholds;
    private final CountedArena kept;
    private final MemorySegment image;
    private final MemorySegment thresholdMemory;
    private final CapabilityLevel tier;
    private final Pool<HyperScratch> scratches;

    static boolean available() {
        return NativeLibrary.get().available();
    }

    /**
     * @param reference read from a file and checked
     * @param wantedTier a code of {@link CapabilityLevel} that may run here, or {@link #BEST_TIER}
     * @param memory counts what is held off the heap
     */
    NativeHyperSynthesis(ReferenceHyperSynthesis reference, int wantedTier, MemoryAccount memory) {
        tokenWidth = reference.tokenWidth();
        hyperWidth = reference.hyperWidth();
        experts = reference.experts();
        meanFractionBits = reference.meanFractionBits();
        thresholds = reference.thresholds();
        scratches = new Pool<>(MOST_KEPT, MOST_BYTES, size -> new HyperScratch(memory));
        kept = CountedArena.shared(memory);
        byte[] file = reference.file();
        try (CountedArena passing = CountedArena.confined(memory)) {
            MemorySegment bytes = passing.allocate(file.length, ALIGNMENT);
            MemorySegment.copy(file, 0, bytes, ValueLayout.JAVA_BYTE, 0, file.length);
            MemorySegment number = passing.allocate(ValueLayout.JAVA_LONG);
            String task = "packing a hyper-synthesis of [" + file.length + "] bytes for tier [" + wantedTier + "]";
            NativeStatus.check(HyperFunctions.imageBytes(bytes, wantedTier, number), task);
            image = kept.allocate(number.get(ValueLayout.JAVA_LONG, 0), ALIGNMENT);
            NativeStatus.check(HyperFunctions.prepare(bytes, wantedTier, image), task);
            NativeStatus.check(HyperFunctions.imageTier(image, number), task);
            tier = CapabilityLevel.of(number.get(ValueLayout.JAVA_INT, 0));
            thresholdMemory = kept.allocateFrom(ValueLayout.JAVA_INT, thresholds.values());
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    @Override
    public int tokenWidth() {
        return tokenWidth;
    }

    @Override
    public int hyperWidth() {
        return hyperWidth;
    }

    @Override
    public int experts() {
        return experts;
    }

    @Override
    public int meanFractionBits() {
        return meanFractionBits;
    }

    @Override
    public int scaleIndex(int logit, int scaleShift) {
        return thresholds.index(logit, scaleShift);
    }

    @Override
    public void run(int expert, int[] z, int zOffset, int[] mean, int[] scale, int outOffset) {
        HyperScratch scratch = scratches.take();
        try {
            scratch.run(image, 1, new int[]{expert}, z, zOffset, hyperWidth, tokenWidth);
            for (int k = 0; k < tokenWidth; k++) {
                mean[outOffset + k] = scratch.mean().getAtIndex(ValueLayout.JAVA_SHORT, k);
                scale[outOffset + k] = scratch.logit().getAtIndex(ValueLayout.JAVA_SHORT, k);
            }
        } finally {
            scratches.give(scratch);
        }
    }

    @Override
    public void run(int[] expertOf, int[] z, short[] mean, short[] logit) {
        int values = HyperShapes.check(this, expertOf, z, mean.length, logit.length);
        HyperScratch scratch = scratches.take();
        try {
            scratch.run(image, expertOf.length, expertOf, z, 0, hyperWidth, tokenWidth);
            MemorySegment.copy(scratch.mean(), ValueLayout.JAVA_SHORT, 0, mean, 0, values);
            MemorySegment.copy(scratch.logit(), ValueLayout.JAVA_SHORT, 0, logit, 0, values);
        } finally {
            scratches.give(scratch);
        }
    }

    @Override
    public void scales(int[] expertOf, int[] z, int scaleShift, int firstRow, short[] mean, char[] rows) {
        int values = HyperShapes.check(this, expertOf, z, mean.length, rows.length);
        HyperScratch scratch = scratches.take();
        try {
            scratch.run(image, expertOf.length, expertOf, z, 0, hyperWidth, tokenWidth);
            MemorySegment found = scratch.rows(values);
            HyperFunctions.scaleRows(thresholdMemory, scratch.logit(), values, scaleShift, firstRow, found);
            MemorySegment.copy(scratch.mean(), ValueLayout.JAVA_SHORT, 0, mean, 0, values);
            MemorySegment.copy(found, ValueLayout.JAVA_CHAR, 0, rows, 0, values);
        } finally {
            scratches.give(scratch);
        }
    }

    @Override
    public void close() {
        scratches.close();
        if (kept.scope().isAlive()) {
            kept.close();
        }
    }

    /** For example {@code libtandem hyper-synthesis, AVX2}. */
    @Override
    public String toString() {
        return "libtandem hyper-synthesis, " + tier;
    }
}
