package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Bytes of the map and of what is around patches. */
class PatchSliceTest {
    private static final PatchMap MAP = new PatchMap(7, Code.JPEG, new Guess(new int[]{258, 3}, new int[]{200, 30}),
            BitSet.valueOf(new long[]{0b1000_0010_0000_0001L, 0, 0, 1L}));

    private static byte[] sealed(byte[] slice, Consumer<ByteBuffer> change) {
        byte[] changed = slice.clone();
        change.accept(ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN));
        CRC32C crc = new CRC32C();
        crc.update(changed, 0, changed.length - 4);
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(changed.length - 4, (int) crc.getValue());
        return changed;
    }

    private static void refused(byte[] slice) {
        assertThrows(CorruptBitstreamException.class, () -> PatchMap.read(slice, 196, 1000));
    }

    @Test
    void aMapByteForByte() {
        byte[] bytes = MAP.write();
        assertEquals("6d070102" + "0201c8" + "03001e" + "0182000000000000" + "0000000000000000" + "0000000000000000"
                + "0100000000000000", HexFormat.of().formatHex(bytes, 0, bytes.length - 4));
        assertEquals(1 + 3 + 6 + 32 + 4, bytes.length);
        PatchMap read = PatchMap.read(bytes, 196, 1000);
        assertEquals(7, read.point());
        assertEquals(Code.JPEG, read.code());
        assertEquals(MAP.patches(), read.patches());
        assertArrayEquals(MAP.guess().classes(), read.guess().classes());
        assertArrayEquals(MAP.guess().probabilities(), read.guess().probabilities());
    }

    @Test
    void aMapThatCannotBeIsRefused() {
        byte[] bytes = MAP.write();
        assertThrows(CorruptBitstreamException.class, () -> PatchMap.read(bytes, 192, 1000), "patch 192 of 192");
        assertThrows(CorruptBitstreamException.class, () -> PatchMap.read(bytes, 196, 258), "class 258 of 258");
        PatchMap.read(bytes, 193, 259);
        refused(sealed(bytes, b -> b.put(2, (byte) 3)));
        refused(sealed(bytes, b -> b.put(3, (byte) 1)));
        refused(sealed(bytes, b -> b.put(3, (byte) 3)));
        refused(sealed(bytes, b -> b.put(3, (byte) 255)));
        refused(sealed(bytes, b -> b.putShort(7, (short) 258)));
        refused(sealed(bytes, b -> b.put(0, (byte) 'p')));
        refused(sealed(bytes, b -> Arrays.fill(b.array(), 10, 42, (byte) 0)));
        refused(sealed(bytes, b -> b.put(41, (byte) 0x80)));
        refused(sealed(Arrays.copyOf(bytes, bytes.length + 1), b -> {
        }));
    }

    @Test
    void everyFlippedByteAndEveryCutIsRefused() {
        for (byte[] bytes : new byte[][]{MAP.write(), PatchSlice.write(new int[]{1, 9, 255}, new byte[20])}) {
            for (int i = 0; i < bytes.length; i++) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= 0x20;
                byte[] cut = Arrays.copyOf(bytes, i);
                for (byte[] damaged : new byte[][]{flipped, cut}) {
                    refused(damaged);
                    assertThrows(CorruptBitstreamException.class, () -> PatchSlice.read(damaged));
                }
            }
        }
    }

    @Property
    void placesAndPayloadComeBack(@ForAll @IntRange(min = 1, max = 256) int count, @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 600) int bytes) {
        Random random = new Random(seed);
        int[] places = Arrays.copyOf(Selection.of(Rule.RANDOM, new double[256], count, seed), count);
        Arrays.sort(places);
        byte[] payload = new byte[bytes];
        random.nextBytes(payload);
        byte[] slice = PatchSlice.write(places, payload);
        assertEquals(2 + count + bytes + 4, slice.length);
        PatchSlice read = PatchSlice.read(slice);
        assertArrayEquals(places, read.positions());
        byte[] back = new byte[read.payload().remaining()];
        read.payload().get(back);
        assertArrayEquals(payload, back);
    }

    @Test
    void placesThatDoNotRiseAreRefused() {
        for (int[] places : new int[][]{{3, 3}, {4, 3}, {0, 0, 0}, {1, 2, 1}}) {
            byte[] slice = PatchSlice.write(places, new byte[40]);
            assertThrows(CorruptBitstreamException.class, () -> PatchSlice.read(slice));
        }
        ByteBuffer more = PlainSlice.start((byte) 'p', 2 + 3).put((byte) 3).put(new byte[]{1, 2, 3});
        byte[] slice = PlainSlice.seal(more);
        assertThrows(CorruptBitstreamException.class, () -> PatchSlice.read(slice), "4 places in 3 bytes");
    }

    /** Bytes of chance behind a right check: whatever is read, it is read within bounds. */
    @Property(tries = 3000)
    void bytesOfChanceAreReadWithinBounds(@ForAll @IntRange(min = 0, max = 60) int bytes, @ForAll long seed) {
        byte[] body = new byte[bytes];
        new Random(seed).nextBytes(body);
        if (bytes > 2) {
            body[1] %= 4;
            body[2] %= 6;
        }
        for (char kind : "mp".toCharArray()) {
            byte[] slice = PlainSlice.seal(PlainSlice.start((byte) kind, 1 + bytes).put(body));
            try {
                PatchMap map = PatchMap.read(slice, 12, 5);
                assertTrue(map.patches().length() <= 12 && !map.patches().isEmpty());
            } catch (CorruptBitstreamException e) {
                assertTrue(e.getMessage().startsWith("corrupt "), e.getMessage());
            }
            try {
                int[] places = PatchSlice.read(slice).positions();
                assertTrue(IntStream.range(1, places.length).allMatch(i -> places[i] > places[i - 1]));
            } catch (CorruptBitstreamException e) {
                assertTrue(e.getMessage().startsWith("corrupt "), e.getMessage());
            }
        }
    }

    @Test
    void aGuessInTwoHundredFiftyFifths() {
        var logits = new dev.tandem.method.labels.ClassLogits(java.util.List.of("a", "b", "c", "d"), new float[]{
                (float) Math.log(0.11), (float) Math.log(0.6), (float) Math.log(0.289), (float) Math.log(0.001)}, 1);
        Guess guess = Guess.of(logits, 5);
        assertArrayEquals(new int[]{1, 2, 0, 3}, guess.classes());
        assertArrayEquals(new int[]{153, 74, 28, 0}, guess.probabilities());
        assertEquals(0, Guess.of(logits, 0).classes().length);
    }

    /** By hand: classes 1 and 2 have 204 and 51 of 255, so nothing is left for the others, who get half a 255th. */
    @Test
    void fusesByTheLogarithms() {
        Guess guess = new Guess(new int[]{1, 2}, new int[]{204, 51});
        double[] edge = {0.5, 0.2, 0.2, 0.1};
        float[] fused = guess.fused(edge, 0.5);
        double[] own = {1.0 / 1020, 0.8, 0.2, 1.0 / 1020};
        for (int c = 0; c < 4; c++) {
            assertEquals(Math.log(edge[c]) + 0.5 * Math.log(own[c]), fused[c], 1e-6);
        }
        float[] none = new Guess(new int[0], new int[0]).fused(edge, 1);
        assertEquals(Math.log(0.5) + Math.log(0.25), none[0], 1e-6);
        float[] all = new Guess(new int[]{0, 1}, new int[]{255, 0}).fused(new double[]{0.5, 0.5}, 1);
        assertEquals(Math.log(0.5) + Math.log(0.5 / 255), all[1], 1e-6);
    }
}
