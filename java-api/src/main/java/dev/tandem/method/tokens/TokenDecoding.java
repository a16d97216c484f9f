package dev.tandem.method.tokens;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.DroppedSlices;
import dev.tandem.method.Decoding;
import dev.tandem.method.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers the tokens of the slices of one picture, in any order. What a slice announces is held against the picture
 * before anything of it is decoded: one of another operating point, tile or picture, or one that announces tokens that
 * are here already, is dropped by its header, and so is a damaged one, so that no sender makes an edge decode more
 * tokens than its point has. Only when none is left is that an error.
 */
public final class TokenDecoding implements Decoding {
    private final TreeMap<Integer, TokenRanks> taken = new TreeMap<>();
    private final TreeMap<Integer, DecodedSlice> byRank = new TreeMap<>();
    private final int width;
    private final int pointId;
    private final int total;
    private final TokenSlices reader;
    private final DroppedSlices dropped = new DroppedSlices();

    /**
     * @param width   width of a token
     * @param pointId the operating point's id, which every slice must carry
     * @param total   tokens that a picture has at this point, which every slice must announce
     */
    public TokenDecoding(int width, int pointId, int total, TokenSlices reader) {
        this.width = width;
        this.pointId = pointId;
        this.total = total;
        this.reader = reader;
    }

    @Override
    public void add(List<Slice> slices) {
        List<TokenRanks> announced = new ArrayList<>();
        List<byte[]> wanted = new ArrayList<>();
        for (Slice slice : slices) {
            try {
                announced.add(announced(slice));
                wanted.add(slice.bytes());
            } catch (CorruptBitstreamException e) {
                dropped.add(e);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        List<SliceOutcome> outcomes = reader.decodeAll(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            int rank = announced.get(i).firstRank();
            try {
                byRank.put(rank, outcomes.get(i).orElseThrow());
            } catch (CorruptBitstreamException e) {
                taken.remove(rank);
                dropped.add(e);
            }
        }
    }

    /** Takes its ranks, which nobody else gets while it may be good. */
    private TokenRanks announced(Slice slice) {
        TokenRanks ranks = reader.ranks(slice.bytes());
        require("tile", 0, slice.tile());
        require("operating point", pointId, ranks.operatingPoint());
        require("total tokens", total, ranks.total());
        int end = Math.addExact(ranks.firstRank(), ranks.count());
        var before = taken.floorEntry(ranks.firstRank());
        var after = taken.ceilingKey(ranks.firstRank());
        if (ranks.firstRank() < 0 || ranks.count() < 1 || end > total
                || before != null && before.getKey() + before.getValue().count() > ranks.firstRank()
                || after != null && end > after) {
            throw new CorruptBitstreamException("slice", 0, "tokens of the picture that no other slice holds",
                    "ranks " + ranks.firstRank() + " to " + (end - 1));
        }
        taken.put(ranks.firstRank(), ranks);
        return ranks;
    }

    private static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new CorruptBitstreamException("slice", 0, what + " " + expected, String.valueOf(found));
        }
    }

    @Override
    public TokenSet evidence() {
        dropped.tell();
        if (byRank.isEmpty()) {
            throw dropped.nothing("at least one slice", "none");
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
