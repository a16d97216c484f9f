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
        int count = most;
        while (at < order.length) {
            count = Math.min(count, order.length - at);
            byte[] slice = slice(count);
            while (slice.length > limit) {
                if (count == 1) {
                    throw new IllegalArgumentException("sending patches in slices of at most [" + limit
                            + "] bytes; needed " + slice.length + " for a patch alone: raise the slice limit, lower "
                            + "the quality or take another code");
                }
                count = Math.clamp((long) count * limit / slice.length, 1, count - 1);
                slice = slice(count);
            }
            while (count < Math.min(most, order.length - at)) {
                byte[] more = slice(count + 1);
                if (more.length > limit) {
                    break;
                }
                slice = more;
                count++;
            }
            slices.add(slice);
            at += count;
        }
        return slices;
    }

    /** The next so many patches, in raster order. */
    private byte[] slice(int count) {
        int[] which = IntStream.range(at, at + count).boxed().sorted(Comparator.comparingInt(i -> order[i]))
                .mapToInt(Integer::intValue).toArray();
        return PatchSlice.write(IntStream.of(which).map(i -> order[i]).toArray(), payloads.of(which));
    }
}
