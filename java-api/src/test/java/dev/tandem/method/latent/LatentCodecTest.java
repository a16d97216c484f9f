package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatentCodecTest {
    private static final int POINT = 9;

    private static LatentCodec best(CdfTables tables, LatentShape shape) {
        return new LatentCodec(tables, shape, MemoryAccount.process().owner("test"));
    }

    /** Decodes all bands side by side. */
    private static float[] decode(LatentCodec codec, List<byte[]> slices) {
        List<BandSlice> bands = slices.stream().map(slice -> codec.open(slice, POINT, slices.size())).toList();
        codec.decode(bands);
        float[] map = new float[codec.shape().values()];
        Arrays.fill(map, Float.NaN);
        bands.forEach(band -> band.grid.scatter(band.symbols(), band.band(), map));
        return map;
    }

    @Property(tries = 150)
    void theFastPathGivesTheReferencesBytesAndBothComeBack(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int channels, @ForAll @IntRange(min = 1, max = 21) int height,
            @ForAll @IntRange(min = 1, max = 21) int width, @ForAll @IntRange(min = 120, max = 1200) int payload,
            @ForAll @IntRange(min = 1, max = 40) int least) {
        LatentShape shape = new LatentShape(channels, height, width);
        CdfTables tables = RandomLatents.tables(seed, channels);
        int[] symbols = RandomLatents.symbols(tables, shape, seed);
        SliceLimits limits = new SliceLimits(payload, least);
        LatentCodec plain = LatentCodec.plain(tables, shape);
        try (LatentCodec fast = best(tables, shape)) {
            List<byte[]> slices = plain.encode(symbols, POINT, limits);
            assertArrayEquals(slices.toArray(), fast.encode(symbols, POINT, limits).toArray());
            assertTrue(slices.size() >= Math.min(least, height * width));
            assertTrue(slices.stream().allMatch(slice -> slice.length <= payload));
            for (LatentCodec codec : List.of(plain, fast)) {
                float[] back = decode(codec, slices);
                for (int i = 0; i < symbols.length; i++) {
                    assertEquals(symbols[i], back[i], codec + " value " + i);
                }
            }
        }
    }

    /** What docs/bitstream.md says, with the plain encoder: header, stream, so that nothing else is in a slice. */
    @Test
    void oneBandIsTheStringOfTheWholeMap() {
        LatentShape shape = new LatentShape(3, 4, 130);
        CdfTables tables = RandomLatents.tables(4, 3);
        int[] symbols = RandomLatents.symbols(tables, shape, 5);
        byte[] slice = LatentCodec.plain(tables, shape).encode(symbols, 200, new SliceLimits(65_535, 1)).getFirst();
        RansEncoder encoder = new RansEncoder();
        for (int i = 0; i < symbols.length; i++) {
            encoder.put(tables, i / (4 * 130), symbols[i]);
        }
        byte[] stream = encoder.finish();
        assertArrayEquals(new byte[]{1, (byte) 200, 4, (byte) 130, 1, 0, 1}, Arrays.copyOf(slice, 7));
        assertArrayEquals(stream, Arrays.copyOfRange(slice, 7, slice.length - 4));
    }

    @Test
    void takesTheFewestBandsThatFit() {
        LatentShape shape = new LatentShape(8, 12, 12);
        CdfTables tables = RandomLatents.tables(6, 8);
        int[] symbols = RandomLatents.symbols(tables, shape, 7);
        LatentCodec codec = LatentCodec.plain(tables, shape);
        int whole = codec.encode(symbols, POINT, new SliceLimits(65_535, 1)).getFirst().length;
        assertEquals(1, codec.encode(symbols, POINT, new SliceLimits(whole, 1)).size());
        assertEquals(2, codec.encode(symbols, POINT, new SliceLimits(whole - 1, 1)).size());
        assertEquals(7, codec.encode(symbols, POINT, new SliceLimits(1100, 7)).size());
        assertEquals(24, codec.encode(symbols, POINT, new SliceLimits(1100, 13)).size());
        assertEquals(144, codec.encode(symbols, POINT, new SliceLimits(1100, 10_000)).size());
    }

    @Test
    void aPositionLargerThanThePayloadIsRefusedWithTheNumbers() {
        LatentShape shape = new LatentShape(40, 2, 2);
        CdfTables tables = RandomLatents.tables(8, 40);
        int[] symbols = new int[shape.values()];
        Arrays.fill(symbols, 30_000);
        String message = assertThrows(IllegalArgumentException.class,
                () -> LatentCodec.plain(tables, shape).encode(symbols, POINT, new SliceLimits(64, 1))).getMessage();
        assertTrue(message.matches("a band of \\[\\d+] bytes, one of \\[4] of a latent map of 40 x 2 x 2.*\\[64].*"),
                message);
    }

    @Test
    void roundsHalfToEvenAndSaturatesWhateverMemoryHoldsTheMap() {
        float[] values = {0.5f, 1.5f, -2.5f, 1e9f, -1e9f, 0.49999997f};
        int[] symbols = {0, 2, -2, 32_767, -32_768, 0};
        assertArrayEquals(symbols, LatentSymbols.of(MemorySegment.ofArray(values)));
        try (Arena arena = Arena.ofConfined()) {
            assertArrayEquals(symbols, LatentSymbols.of(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values)));
        }
        for (float wrong : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            values[3] = wrong;
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> LatentSymbols.of(MemorySegment.ofArray(values))).getMessage().contains("value [3]"));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        LatentShape shape = new LatentShape(2, 3, 3);
        CdfTables tables = RandomLatents.tables(1, 2);
        LatentCodec codec = LatentCodec.plain(tables, shape);
        assertThrows(IllegalArgumentException.class, () -> LatentCodec.plain(tables, new LatentShape(3, 3, 3)));
        assertThrows(IllegalArgumentException.class, () -> best(tables, new LatentShape(1, 3, 3)));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new int[17], 1, SliceLimits.defaults()));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new int[18], 256, SliceLimits.defaults()));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new int[18], -1, SliceLimits.defaults()));
        for (int[] size : new int[][]{{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {4097, 1, 1}, {1, 2049, 1}, {1, 1, 2049},
                {4096, 2048, 2048}, {1024, 129, 128}}) {
            assertThrows(IllegalArgumentException.class, () -> new LatentShape(size[0], size[1], size[2]));
        }
        assertEquals(1 << 24, new LatentShape(1024, 128, 128).values());
    }

    @Test
    void whatItHoldsIsCountedAndGivenBack() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        LatentShape shape = new LatentShape(5, 9, 11);
        CdfTables tables = RandomLatents.tables(2, 5);
        int[] symbols = RandomLatents.symbols(tables, shape, 3);
        LatentCodec codec = new LatentCodec(tables, shape, memory);
        decode(codec, codec.encode(symbols, POINT, new SliceLimits(100, 6)));
        long held = memory.reservedBytes();
        decode(codec, codec.encode(symbols, POINT, new SliceLimits(100, 6)));
        assertEquals(held, memory.reservedBytes());
        codec.close();
        codec.close();
        assertEquals(0, memory.reservedBytes());
    }
}
