package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.Garbage;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatentDecodingTest {
    private static final int POINT = 3;
    private static final LatentShape SHAPE = new LatentShape(6, 10, 7);
    private static final CdfTables TABLES = RandomLatents.tables(11, 6);
    private static final int[] SYMBOLS = RandomLatents.symbols(TABLES, SHAPE, 12);
    private static final LatentCodec CODEC = LatentCodec.plain(TABLES, SHAPE);
    private static final List<Slice> SLICES = slices(CODEC, SYMBOLS, POINT, 6);

    private static List<Slice> slices(LatentCodec codec, int[] symbols, int point, int bands) {
        List<byte[]> coded = codec.encode(symbols, point, new SliceLimits(1100, bands));
        assertEquals(bands, coded.size());
        List<Slice> slices = new ArrayList<>();
        coded.forEach(bytes -> slices.add(new Slice(slices.size(), 0, bytes)));
        return slices;
    }

    private static LatentDecoding decoding() {
        return new LatentDecoding(CODEC, POINT, "fine", SLICES.size());
    }

    private static LatentMap decode(List<Slice> slices) {
        LatentDecoding decoding = decoding();
        decoding.add(slices);
        return decoding.evidence();
    }

    private static void holds(LatentMap map, BitSet bands) {
        assertEquals(bands, map.here());
        assertEquals(bands.cardinality(), map.used());
        assertEquals(6, map.total());
        assertEquals("fine", map.rung());
        for (int i = 0; i < SYMBOLS.length; i++) {
            assertEquals(wanted(i, bands), map.values()[i], 1e-4, "value " + i);
        }
    }

    /** Of a row that came its symbol, of another what lies between the nearest that did. */
    private static float wanted(int value, BitSet bands) {
        int row = value / SHAPE.width() % SHAPE.height();
        int above = row;
        int below = row;
        while (above >= 0 && !bands.get(above % 6)) {
            above--;
        }
        while (below < SHAPE.height() && !bands.get(below % 6)) {
            below++;
        }
        if (above < 0 || below == SHAPE.height() || above == below) {
            return SYMBOLS[value + ((above < 0 ? below : above) - row) * SHAPE.width()];
        }
        float first = SYMBOLS[value + (above - row) * SHAPE.width()];
        float last = SYMBOLS[value + (below - row) * SHAPE.width()];
        return first + (last - first) * (row - above) / (below - above);
    }

    @Test
    void anySubsetInAnyOrderGivesItsRowsAndWhatLiesBetween() {
        Random random = new Random(1);
        for (int mask = 1; mask < 1 << 6; mask++) {
            BitSet bands = BitSet.valueOf(new long[]{mask});
            List<Slice> subset = new ArrayList<>(bands.stream().mapToObj(SLICES::get).toList());
            subset.add(subset.getFirst());
            Collections.shuffle(subset, random);
            holds(decode(subset), bands);
            LatentDecoding one = decoding();
            subset.forEach(slice -> one.add(List.of(slice)));
            holds(one.evidence(), bands);
        }
    }

    @Test
    void evidenceThatWasGivenDoesNotChange() {
        LatentDecoding decoding = decoding();
        decoding.add(SLICES.subList(0, 2));
        LatentMap early = decoding.evidence();
        decoding.add(SLICES);
        BitSet two = new BitSet();
        two.set(0, 2);
        holds(early, two);
        BitSet all = new BitSet();
        all.set(0, 6);
        holds(decoding.evidence(), all);
    }

    @Test
    void dropsWhatIsNotOfThePicture() {
        LatentCodec taller = LatentCodec.plain(TABLES, new LatentShape(6, 11, 7));
        LatentCodec turned = LatentCodec.plain(TABLES, new LatentShape(6, 7, 10));
        int[] more = new int[6 * 11 * 7];
        List<List<Slice>> strangers = List.of(slices(CODEC, SYMBOLS, POINT + 1, 6), slices(CODEC, SYMBOLS, POINT, 5),
                slices(CODEC, SYMBOLS, POINT, 7), slices(CODEC, SYMBOLS, POINT, 20), slices(taller, more, POINT, 6),
                slices(turned, SYMBOLS, POINT, 6), List.of(new Slice(0, 1, SLICES.getFirst().bytes())));
        BitSet four = new BitSet();
        four.set(4);
        for (List<Slice> stranger : strangers) {
            List<Slice> mixed = new ArrayList<>(stranger);
            mixed.add(SLICES.get(4));
            holds(decode(mixed), four);
            assertThrows(CorruptBitstreamException.class, () -> decode(stranger));
        }
        assertTrue(assertThrows(CorruptBitstreamException.class, () -> decode(List.of())).getMessage()
                .contains("at least one slice"));
    }

    /** The first good slice of a band keeps it; a damaged one leaves it to the next. */
    @Test
    void bandsThatOverlapCountOnce() {
        int[] other = RandomLatents.symbols(TABLES, SHAPE, 99);
        List<Slice> both = new ArrayList<>(SLICES);
        both.addAll(slices(CODEC, other, POINT, 6));
        BitSet all = new BitSet();
        all.set(0, 6);
        holds(decode(both), all);
        byte[] damaged = SLICES.getFirst().bytes().clone();
        damaged[8] ^= 1;
        LatentDecoding decoding = decoding();
        decoding.add(List.of(new Slice(0, 0, Garbage.sealed(damaged))));
        decoding.add(SLICES);
        holds(decoding.evidence(), all);
    }

    @Test
    void everyCutAndEveryFlippedByteIsDropped() {
        byte[] good = SLICES.getFirst().bytes();
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            byte[] cut = java.util.Arrays.copyOf(good, i);
            for (byte[] wrong : List.of(flipped, cut)) {
                assertThrows(CorruptBitstreamException.class, () -> decode(List.of(new Slice(0, 0, wrong))), "" + i);
            }
        }
    }

    @Test
    void symbolsBeyondSixteenBitsAreRefused() {
        for (int far : new int[]{32_767, 32_768, -32_768, -32_769, 100_000_000}) {
            int[] symbols = new int[SHAPE.values()];
            symbols[symbols.length - 1] = far;
            RansEncoder encoder = new RansEncoder();
            for (int i = 0; i < symbols.length; i++) {
                encoder.put(TABLES, i / SHAPE.positions(), symbols[i]);
            }
            byte[] stream = encoder.finish();
            byte[] slice = new byte[6 + stream.length + 4];
            System.arraycopy(new byte[]{1, POINT, 10, 7, 0, 1}, 0, slice, 0, 6);
            System.arraycopy(stream, 0, slice, 6, stream.length);
            LatentDecoding decoding = new LatentDecoding(CODEC, POINT, "fine", 1);
            decoding.add(List.of(new Slice(0, 0, Garbage.sealed(slice))));
            if (far == (short) far) {
                float[] values = decoding.evidence().values();
                assertEquals(far, values[values.length - 1]);
            } else {
                assertThrows(CorruptBitstreamException.class, decoding::evidence);
            }
        }
    }

    /** Nothing that a device announces makes an edge allocate before a good slice is here. */
    @Test
    void announcedNumbersThatCannotBeAreRefused() {
        for (int announced : new int[]{0, -1, 5000, 65_535, 11}) {
            LatentDecoding decoding = new LatentDecoding(CODEC, POINT, "fine", announced);
            decoding.add(SLICES);
            assertThrows(CorruptBitstreamException.class, decoding::evidence);
        }
    }

    @Test
    void aMapKnowsItsSizes() {
        assertArrayEquals(new int[]{6, 6}, new int[]{decode(SLICES).used(), decode(SLICES).total()});
        BitSet beyond = new BitSet();
        beyond.set(3);
        assertThrows(IllegalArgumentException.class,
                () -> new LatentMap(new float[SHAPE.values()], SHAPE, "x", beyond, 3));
        assertThrows(IllegalArgumentException.class, () -> new LatentMap(new float[1], SHAPE, "x", new BitSet(), 3));
    }
}
