package dev.tandem.method.tokens;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Decoding;
import dev.tandem.method.Slice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the tokens of the slices of one picture, in any order. A damaged slice, one of another operating point, tile
 * or picture, or one that holds tokens that are here already is dropped with a log line; only when none is left is that
 * an error.
 */
public final class TokenDecoding implements Decoding {
    private static final Logger LOG = LoggerFactory.getLogger(TokenDecoding.class);

    private final TreeMap<Integer, DecodedSlice> byRank = new TreeMap<>();
    private final int width;
    private final int pointId;
    private final int total;
    private final Function<List<byte[]>, List<SliceOutcome>> decoder;
    private CorruptBitstreamException first;

    /**
     * @param width   width of a token
     * @param pointId the operating point's id, which every slice must carry
     * @param total   tokens that a picture has at this point, which every slice must announce
     * @param decoder decodes slices side by side, in their order; a damaged one does not harm the others
     */
    public TokenDecoding(int width, int pointId, int total, Function<List<byte[]>, List<SliceOutcome>> decoder) {
        this.width = width;
        this.pointId = pointId;
        this.total = total;
        this.decoder = decoder;
    }

    @Override
    public void add(List<Slice> slices) {
        List<SliceOutcome> outcomes = decoder.apply(slices.stream().map(Slice::bytes).toList());
        for (int i = 0; i < slices.size(); i++) {
            try {
                take(slices.get(i), outcomes.get(i).orElseThrow());
            } catch (CorruptBitstreamException e) {
                LOG.warn("dropped a slice of {} bytes: {}", slices.get(i).bytes().length, e.getMessage());
                first = first == null ? e : first;
            }
        }
    }

    private void take(Slice slice, DecodedSlice decoded) {
        require("tile", 0, slice.tile());
        require("operating point", pointId, decoded.operatingPoint());
        require("total tokens", total, decoded.total());
        var before = byRank.floorEntry(decoded.firstRank());
        var after = byRank.ceilingKey(decoded.firstRank());
        if (before != null && before.getKey() + before.getValue().count() > decoded.firstRank()
                || after != null && decoded.firstRank() + decoded.count() > after) {
            throw new CorruptBitstreamException("slice", 0, "tokens that no other slice holds",
                    "ranks " + decoded.firstRank() + " to " + (decoded.firstRank() + decoded.count() - 1));
        }
        byRank.put(decoded.firstRank(), decoded);
    }

    private static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new CorruptBitstreamException("slice", 0, what + " " + expected, String.valueOf(found));
        }
    }

    @Override
    public TokenSet evidence() {
        if (byRank.isEmpty()) {
            throw first != null
                    ? first
                    : new CorruptBitstreamException("picture", 0, "at least one slice", "none");
        }
        int count = byRank.values().stream().mapToInt(DecodedSlice::count).sum();
        float[] values = new float[Math.multiplyExact(count, width)];
        int at = 0;
        for (Map.Entry<Integer, DecodedSlice> held : byRank.entrySet()) {
            System.arraycopy(held.getValue().values(), 0, values, at, held.getValue().count() * width);
            at += held.getValue().count() * width;
        }
        return new TokenSet(values, count, width, total);
    }
}
