package dev.tandem.method.tokens;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Slice;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Gathering slices of tokens; a slice's bytes here are point, first rank, count and total. */
class TokenDecodingTest {
    private static final int WIDTH = 2;

    /** Notes how many tokens it was made to decode. */
    private static final class Noting implements TokenSlices {
        private int tokens;
        private int batches;

        @Override
        public TokenRanks ranks(byte[] bytes) {
            if (bytes.length == 0) {
                throw new CorruptBitstreamException("slice", 3, "bytes", "none");
            }
            return new TokenRanks(bytes[0], bytes[1], bytes[2], bytes[3]);
        }

        @Override
        public List<SliceOutcome> decodeAll(List<byte[]> slices) {
            batches++;
            slices.forEach(slice -> tokens += slice[2]);
            return slices.stream().map(TokenDecodingTest::decoded).toList();
        }
    }

    private final Noting reader = new Noting();

    private TokenDecoding decoding() {
        return new TokenDecoding(WIDTH, 7, 10, reader);
    }

    /** A fifth byte is a stream that turns out to be damaged. */
    private static SliceOutcome decoded(byte[] bytes) {
        if (bytes.length > 4) {
            return new SliceOutcome(null, new CorruptBitstreamException("slice", 3, "bytes", "none"));
        }
        float[] values = new float[bytes[2] * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[1] * WIDTH + i;
        }
        return new SliceOutcome(new DecodedSlice(bytes[0], bytes[1], bytes[2], bytes[3], values), null);
    }

    private static Slice slice(int tile, int point, int first, int count, int total) {
        return new Slice(0, tile, new byte[]{(byte) point, (byte) first, (byte) count, (byte) total});
    }

    private static Slice ranks(int first, int count) {
        return slice(0, 7, first, count, 10);
    }

    @Test
    void putsSlicesOfAnyOrderInTheOrderOfTheirRanks() {
        TokenDecoding decoding = decoding();
        decoding.add(List.of(ranks(6, 3), ranks(0, 2)));
        decoding.add(List.of(ranks(3, 3)));
        TokenSet got = decoding.evidence();
        assertArrayEquals(new float[]{0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}, got.values());
        assertEquals(8, got.count());
        assertEquals(8, got.used());
        assertEquals(WIDTH, got.width());
        assertEquals(10, got.total());
    }

    /** A neighbour that touches is taken, one that shares a single token is not, on either side. */
    @Test
    void takesNeighboursAndDropsWhatOverlaps() {
        TokenDecoding decoding = decoding();
        decoding.add(List.of(ranks(4, 2)));
        for (Slice overlap : List.of(ranks(4, 2), ranks(4, 1), ranks(5, 1), ranks(3, 2), ranks(2, 5))) {
            decoding.add(List.of(overlap));
            assertEquals(2, decoding.evidence().count());
        }
        decoding.add(List.of(ranks(6, 1), ranks(2, 2)));
        assertEquals(5, decoding.evidence().count());
        assertArrayEquals(new float[]{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, decoding.evidence().values());
    }

    @Test
    void dropsWhatIsOfAnotherTilePointOrPicture() {
        TokenDecoding decoding = decoding();
        decoding.add(List.of(ranks(0, 1), slice(1, 7, 2, 1, 10), slice(0, 8, 2, 1, 10), slice(0, 7, 2, 1, 11)));
        assertEquals(1, decoding.evidence().count());
    }

    /** The first damage is what is told, and only where nothing is left. */
    @Test
    void failsOnlyWhereNothingIsLeft() {
        TokenDecoding decoding = decoding();
        assertTrue(assertThrows(CorruptBitstreamException.class, decoding::evidence).getMessage()
                .contains("at least one slice, found [none]"));
        decoding.add(List.of(slice(0, 8, 0, 1, 10), new Slice(1, 0, new byte[0])));
        CorruptBitstreamException first = assertThrows(CorruptBitstreamException.class, decoding::evidence);
        assertTrue(first.getMessage().contains("expected operating point 7, found [8]"), first.getMessage());
        assertSame(first, assertThrows(CorruptBitstreamException.class, decoding::evidence));
        decoding.add(List.of(ranks(9, 1)));
        assertEquals(1, decoding.evidence().count());
    }

    /** Copies of one slice in one batch, and all that announces what cannot be, cost nothing but their headers. */
    @Test
    void decodesEachTokenOnceHoweverOftenItIsSent() {
        TokenDecoding decoding = decoding();
        decoding.add(Collections.nCopies(134, ranks(0, 10)));
        decoding.add(List.of(ranks(0, 10), ranks(9, 1), ranks(9, 2), slice(0, 7, 0, 99, 99), slice(1, 7, 0, 1, 10)));
        assertEquals(10, reader.tokens);
        assertEquals(1, reader.batches);
        assertEquals(10, decoding.evidence().count());
    }

    /** Its ranks are free again for the next copy. */
    @Test
    void aSliceWhoseStreamIsDamagedGivesItsRanksBack() {
        TokenDecoding decoding = decoding();
        Slice damaged = new Slice(0, 0, new byte[]{7, 2, 3, 10, 1});
        decoding.add(List.of(damaged, ranks(5, 1)));
        decoding.add(List.of(ranks(2, 3)));
        assertEquals(4, decoding.evidence().count());
        assertEquals(7, reader.tokens);
    }

    /** What is decoded is what a list of the ranks that are free would take, in the order of arrival. */
    @Property
    void noListOfSlicesMakesItDecodeMoreThanThePictureHas(
            @ForAll @Size(max = 40) List<@IntRange(min = -128, max = 127) Integer> numbers) {
        Noting noting = new Noting();
        TokenDecoding decoding = new TokenDecoding(WIDTH, 7, 100, noting);
        boolean[] held = new boolean[100];
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            int first = numbers.get(i);
            int count = numbers.get(i + 1);
            decoding.add(List.of(slice(0, 7, first, count, 100)));
            boolean free = first >= 0 && count >= 1 && first + count <= 100;
            for (int rank = first; free && rank < first + count; rank++) {
                free = !held[rank];
            }
            if (free) {
                Arrays.fill(held, first, first + count, true);
            }
        }
        int kept = 0;
        for (boolean one : held) {
            kept += one ? 1 : 0;
        }
        assertEquals(kept, noting.tokens);
        if (kept > 0) {
            assertEquals(kept, decoding.evidence().count());
        }
    }

    @Test
    void theFirstReasonIsToldWhereNothingIsLeft() {
        TokenDecoding one = decoding();
        one.add(List.of(slice(2, 7, 4, 3, 10)));
        assertTrue(assertThrows(CorruptBitstreamException.class, one::evidence).getMessage().contains("tile 0"));
        assertSame(CorruptBitstreamException.class, assertThrows(CorruptBitstreamException.class,
                () -> decoded(new byte[5]).orElseThrow()).getClass());
    }

    @Test
    void aSetHoldsItsSizesAgainstEachOther() {
        assertEquals(0, new TokenSet(new float[0], 0, 1, 0).used());
        assertEquals(2, new TokenSet(new float[6], 2, 3, 2).used());
        int[][] wrong = {{0, -1, 1, 1}, {0, 0, 0, 1}, {6, 2, 3, 1}, {5, 2, 3, 2}, {7, 2, 3, 2}};
        for (int[] sizes : wrong) {
            float[] values = new float[sizes[0]];
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> new TokenSet(values, sizes[1], sizes[2], sizes[3])).getMessage()
                    .contains("[" + sizes[0] + "] values"));
        }
    }

    @Test
    void knobsSayHowManyTokensAreLeft() {
        record Fixed(int clusters, int neighbours) implements TokenKnobs {}
        assertEquals(196, new Fixed(0, 5).tokens(196));
        assertEquals(16, new Fixed(16, 5).tokens(196));
        new Fixed(196, 5).require("c196", 196);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Fixed(197, 5).require("c197", 196))
                .getMessage().contains("[197] clusters; needed 0 to 196"));
    }
}
