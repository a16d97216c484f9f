package dev.tandem.method.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.TokenDecoding;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.task.Task;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RawTest {
    private static float[] tokens(int values) {
        Random random = new Random(5);
        float[] tokens = new float[values];
        for (int i = 0; i < values; i++) {
            tokens[i] = Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian() * 3));
        }
        return tokens;
    }

    private static TokenSet decode(EdgeHalf edge, Look sent, Point point) {
        Decoding decoding = edge.begin(point, 999, 1);
        decoding.add(((Look.Send) sent).slices());
        return (TokenSet) decoding.evidence();
    }

    @Test
    void sendsAllTokensOrMergedOnesAsFloat16() {
        RgbImage picture = TinyPack.picture(21);
        PackMethods methods = PackMethods.of(TinyPack.pack());
        Task task = new Task.Classify(1);
        try (Engine engine = TinyPack.engine();
                VisionEncoder encoder = new VisionEncoder(TinyPack.pack(), "encoder", Host.of(engine));
                DeviceHalf device = methods.section("raw").device(Host.of(engine));
                EdgeHalf edge = methods.section("raw").edge(Host.of(engine))) {
            Point raw = methods.point("raw");
            TokenSet got = decode(edge, device.look(picture, raw, task), raw);
            assertEquals(256, got.count());
            float[] exact = encoder.encode(picture, new Stopwatch());
            for (int i = 0; i < exact.length; i++) {
                assertEquals(Float.float16ToFloat(Float.floatToFloat16(exact[i])), got.values()[i]);
            }
            Point c16 = methods.point("raw-c16");
            Look.Send merged = (Look.Send) device.look(picture, c16, task);
            assertEquals(16, merged.units());
            assertEquals(16, decode(edge, merged, c16).count());
            assertTrue(merged.bytes() > 16 * 768 && merged.bytes() < 16 * 768 + 16 * 16, merged.bytes() + " bytes");
            assertThrows(IllegalArgumentException.class,
                    () -> device.look(picture, methods.point("raw-c257"), task));
            assertThrows(IllegalArgumentException.class, () -> edge.begin(methods.point("raw-c257"), 1, 1));
        }
    }

    /** Overlap with the slice behind, and with the one before. */
    @Test
    void dropsWhatOverlaps() {
        float[] tokens = tokens(20 * 10);
        List<byte[]> pairs = RawSlices.write(tokens, 20, 10, 7, new SliceLimits(1100, 10));
        List<byte[]> halves = RawSlices.write(tokens, 20, 10, 7, new SliceLimits(1100, 2));
        for (boolean behind : new boolean[]{true, false}) {
            TokenDecoding decoding = new TokenDecoding(10, 7, 20, new RawReader(10));
            decoding.add(List.of(new Slice(0, 0, pairs.get(behind ? 3 : 0)), new Slice(1, 0, halves.get(0))));
            assertEquals(2, decoding.evidence().count());
        }
    }

    @Test
    void refusesASliceThatHoldsNoTokenAtAll() {
        float[] tokens = tokens(20 * 10);
        byte[] empty = RawSlices.write(tokens, 20, 10, 7, new SliceLimits(1100, 1)).get(0).clone();
        ByteBuffer forged = PlainSlice.start(RawSlices.KIND, 8);
        forged.put(empty, 1, 3).putShort((short) 0).putShort((short) 20);
        byte[] sealed = PlainSlice.seal(forged);
        assertThrows(CorruptBitstreamException.class, () -> RawSlices.read(sealed, 10));
    }

    @Test
    void keepsToTheLimitsOfASlice() {
        float[] tokens = tokens(20 * 10);
        List<byte[]> few = RawSlices.write(tokens, 20, 10, 7, new SliceLimits(1100, 1));
        assertEquals(1, few.size());
        assertEquals(1 + 7 + 20 * 20 + 4, few.get(0).length);
        List<byte[]> many = RawSlices.write(tokens, 20, 10, 7, new SliceLimits(80, 1));
        assertEquals(7, many.size());
        assertEquals(20, RawSlices.write(tokens, 20, 10, 7, new SliceLimits(1100, 50)).size());
        int rank = 0;
        for (byte[] slice : many) {
            DecodedSlice read = RawSlices.read(slice, 10);
            assertEquals(rank, read.firstRank());
            assertEquals(7, read.operatingPoint());
            assertEquals(20, read.total());
            assertArrayEquals(java.util.Arrays.copyOfRange(tokens, rank * 10, (rank + read.count()) * 10),
                    read.values());
            rank += read.count();
        }
        SliceLimits tight = new SliceLimits(32, 1); // a token of 10 values and the frame take exactly 32 bytes
        assertEquals(20, RawSlices.write(tokens, 20, 10, 7, tight).size());
        assertThrows(IllegalArgumentException.class, () -> RawSlices.write(tokens, 10, 20, 7, tight));
    }

    @Test
    void refusesEveryDamagedByteAndEveryCut() {
        byte[] slice = RawSlices.write(tokens(40), 4, 10, 7, SliceLimits.defaults()).get(0);
        for (int i = 0; i < slice.length; i++) {
            byte[] damaged = slice.clone();
            damaged[i] ^= 0x10;
            assertThrows(CorruptBitstreamException.class, () -> RawSlices.read(damaged, 10), "byte " + i);
            byte[] cut = java.util.Arrays.copyOf(slice, i);
            assertThrows(CorruptBitstreamException.class, () -> RawSlices.read(cut, 10), "length " + i);
        }
        assertThrows(CorruptBitstreamException.class, () -> RawSlices.read(slice, 11));
    }

    /** Whatever a header says, and however wide a pack's tokens are, no size wraps around. */
    @Property
    void numbersThatCannotBeAreRefusedForAnyWidth(@ForAll @IntRange(min = 0, max = 0xffff) int rank,
            @ForAll @IntRange(min = 0, max = 0xffff) int held, @ForAll @IntRange(min = 0, max = 0xffff) int total,
            @ForAll @IntRange(min = 1) int width, @ForAll @IntRange(min = 0, max = 64) int bytes) {
        ByteBuffer forged = PlainSlice.start(RawSlices.KIND, 8 + bytes);
        forged.put((byte) 7).putShort((short) rank).putShort((short) held).putShort((short) total);
        byte[] slice = PlainSlice.seal(forged.position(8 + bytes));
        boolean fits = held >= 1 && (long) rank + held <= total && total <= 4096 && 2L * held * width == bytes;
        if (fits) {
            assertEquals(held * width, RawSlices.read(slice, width).values().length);
        } else {
            assertThrows(CorruptBitstreamException.class, () -> RawSlices.read(slice, width));
            assertThrows(CorruptBitstreamException.class, () -> new RawReader(width).ranks(slice));
        }
    }

    @Test
    void refusesAValueThatFloat16CannotHold() {
        assertThrows(IllegalStateException.class,
                () -> RawSlices.write(new float[]{1e6f}, 1, 1, 0, SliceLimits.defaults()));
        assertThrows(IllegalStateException.class,
                () -> RawSlices.write(new float[]{Float.NaN}, 1, 1, 0, SliceLimits.defaults()));
    }
}
