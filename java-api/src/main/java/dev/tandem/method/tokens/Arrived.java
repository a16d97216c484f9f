package dev.tandem.method.tokens;

import dev.tandem.entropy.CorruptBitstreamException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the tokens of the slices that arrived, in any order, possibly twice. A damaged slice, or one that contradicts
 * the first good one, is dropped with a log line; only when none is left is that an error.
 */
public final class Arrived {
    private static final Logger LOG = LoggerFactory.getLogger(Arrived.class);

    private Arrived() {
    }

    /**
     * Decodes every slice and lays the tokens out by rank.
     *
     * @param width       width of a token
     * @param operatingId the operating point's id, which every slice must carry
     * @param decoder     throws {@link CorruptBitstreamException} for a slice that is not whole
     * @throws CorruptBitstreamException if no slice could be decoded
     */
    public static TokenSet gather(List<byte[]> slices, int width, int operatingId,
            Function<byte[], DecodedSlice> decoder) {
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("decoding a picture from [0] slices; needed at least one");
        }
        TreeMap<Integer, DecodedSlice> byRank = new TreeMap<>();
        CorruptBitstreamException first = null;
        int total = -1;
        for (byte[] slice : slices) {
            try {
                DecodedSlice decoded = decoder.apply(slice);
                require("operating point", operatingId, decoded.operatingPoint());
                require("total tokens", total < 0 ? decoded.total() : total, decoded.total());
                requireNoOverlap(byRank, decoded);
                total = decoded.total();
                byRank.putIfAbsent(decoded.firstRank(), decoded);
            } catch (CorruptBitstreamException e) {
                LOG.warn("dropped a slice of {} bytes: {}", slice.length, e.getMessage());
                first = first == null ? e : first;
            }
        }
        if (byRank.isEmpty()) {
            throw first;
        }
        return join(byRank, width, total);
    }

    private static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new CorruptBitstreamException("slice", 0, what + " " + expected, String.valueOf(found));
        }
    }

    private static void requireNoOverlap(TreeMap<Integer, DecodedSlice> byRank, DecodedSlice slice) {
        DecodedSlice same = byRank.get(slice.firstRank());
        if (same != null) {
            require("token count of a repeated slice", same.count(), slice.count());
            return;
        }
        var before = byRank.lowerEntry(slice.firstRank());
        var after = byRank.higherKey(slice.firstRank());
        if (before != null && before.getKey() + before.getValue().count() > slice.firstRank()
                || after != null && slice.firstRank() + slice.count() > after) {
            throw new CorruptBitstreamException("slice", 0, "tokens that no other slice holds",
                    "ranks " + slice.firstRank() + " to " + (slice.firstRank() + slice.count() - 1));
        }
    }

    private static TokenSet join(TreeMap<Integer, DecodedSlice> byRank, int width, int total) {
        int count = byRank.values().stream().mapToInt(DecodedSlice::count).sum();
        float[] values = new float[count * width];
        int at = 0;
        for (DecodedSlice slice : byRank.values()) {
            System.arraycopy(slice.values(), 0, values, at, slice.count() * width);
            at += slice.count() * width;
        }
        return new TokenSet(values, count, width, total);
    }
}
