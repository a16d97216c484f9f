package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.Pool;
import dev.tandem.foreign.CapabilityLevel;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** libtandem's hyper-synthesis. The packed network lives as long as this object; runs keep their memory and give it back to a pool. Immutable, safe for several threads. */
final class NativeHyperSynthesis implements HyperSynthesis {
    /** The tier that libtandem finds best. */
    static final int BEST_TIER = -1;
    private static final int ALIGNMENT = 64;

    private final int tokenWidth;
    private final int hyperWidth;
    private final int experts;
    private final int meanFractionBits;
    private final ScaleThresholds thresholds;
    private final MemorySegment image;
    private final MemorySegment thresholdMemory;
    private final CapabilityLevel tier;
    private final Pool<HyperScratch> scratches = new Pool<>(HyperScratch::new);

    static boolean available() {
        return NativeLibrary.get().available();
    }

    /**
     * @param file a file that the reference has read and checked
     * @param reference what it read
     * @param wantedTier a code of {@link CapabilityLevel} that may run here, or {@link #BEST_TIER}
     */
    NativeHyperSynthesis(byte[] file, ReferenceHyperSynthesis reference, int wantedTier) {
        tokenWidth = reference.tokenWidth();
        hyperWidth = reference.hyperWidth();
        experts = reference.experts();
        meanFractionBits = reference.meanFractionBits();
        thresholds = reference.thresholds();
        Arena kept = CountedArena.ownedBy(this);
        try (CountedArena passing = CountedArena.confined()) {
            MemorySegment bytes = passing.allocate(file.length, ALIGNMENT);
            MemorySegment.copy(file, 0, bytes, ValueLayout.JAVA_BYTE, 0, file.length);
            MemorySegment number = passing.allocate(ValueLayout.JAVA_LONG);
            String task = "packing a hyper-synthesis of [" + file.length + "] bytes for tier [" + wantedTier + "]";
            NativeStatus.check(HyperFunctions.imageBytes(bytes, wantedTier, number), task);
            image = kept.allocate(number.get(ValueLayout.JAVA_LONG, 0), ALIGNMENT);
            NativeStatus.check(HyperFunctions.prepare(bytes, wantedTier, image), task);
            NativeStatus.check(HyperFunctions.imageTier(image, number), task);
            tier = CapabilityLevel.of(number.get(ValueLayout.JAVA_INT, 0));
        }
        thresholdMemory = kept.allocateFrom(ValueLayout.JAVA_INT, thresholds.values());
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
            Reference.reachabilityFence(this);
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
            Reference.reachabilityFence(this);
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
            Reference.reachabilityFence(this);
        }
    }

    /** For example {@code libtandem hyper-synthesis, AVX2}. */
    @Override
    public String toString() {
        return "libtandem hyper-synthesis, " + tier;
    }
}
