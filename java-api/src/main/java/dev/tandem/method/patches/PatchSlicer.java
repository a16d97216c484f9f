package dev.tandem.method.patches;

import dev.tandem.method.SliceLimits;
import dev.tandem.method.patches.codec.PatchCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Fills slices with patches, the most important first, each as full as it may be. One picture, one thread. */
final class PatchSlicer {
    private final int[] order;
    private final PatchCode.Payloads payloads;
    private final int limit;
    private final int most;
    private int at;

    private record Filled(byte[] bytes, int count) {}

    /**
     * @param order    places of the patches, the most important first
     * @param payloads of these patches, in this order
     */
    PatchSlicer(int[] order, PatchCode.Payloads payloads, SliceLimits limits) {
        this.order = order;
        this.payloads = payloads;
        limit = limits.payloadBytes();
        most = order.length / Math.min(limits.minSlices(), order.length);
    }

    /**
     * All slices.
     *
     * @throws IllegalArgumentException if a patch does not fit alone
     */
    List<byte[]> slices() {
        List<byte[]> slices = new ArrayList<>();
        int guess = most;
        while (at < order.length) {
            Filled slice = fullest(guess);
            slices.add(slice.bytes);
            guess = slice.count;
            at += slice.count;
        }
        return slices;
    }

    /** As many patches as fit; what a try took tells how many to try next, since the next cost about as much. */
    private Filled fullest(int guess) {
        byte[] best = null;
        int fits = 0;
        int tooMany = Math.min(most, order.length - at) + 1;
        int next = Math.min(guess, tooMany - 1);
        while (tooMany - fits > 1) {
            byte[] slice = slice(next);
            if (slice.length <= limit) {
                best = slice;
                fits = next;
            } else if (next == 1) {
                throw new IllegalArgumentException("sending patches in slices of at most [" + limit
                        + "] bytes; needed " + slice.length + " for a patch alone: raise the slice limit, lower the "
                        + "quality or take another code");
            } else {
                tooMany = next;
            }
            next = Math.clamp((long) next * limit / slice.length, fits + 1, Math.max(fits + 1, tooMany - 1));
        }
        return new Filled(best, fits);
    }

    /** The next so many patches, in raster order. */
    private byte[] slice(int count) {
        int[] which = IntStream.range(at, at + count).boxed().sorted(Comparator.comparingInt(i -> order[i]))
                .mapToInt(Integer::intValue).toArray();
        return PatchSlice.write(IntStream.of(which).map(i -> order[i]).toArray(), payloads.of(which));
    }
}
