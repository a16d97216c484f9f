package dev.tandem.method.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.Methods;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.OperatingPoint;
import java.util.List;
import java.util.Random;
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

    @Test
    void sendsAllTokensOrMergedOnesAsFloat16() {
        RgbImage picture = TinyPack.picture(21);
        try (Engine engine = TinyPack.engine();
                VisionEncoder encoder = new VisionEncoder(TinyPack.pack(), engine);
                DeviceMethod device = Methods.device("raw", TinyPack.pack(), engine);
                EdgeMethod edge = Methods.edge("raw", TinyPack.pack(), null)) {
            EncodedPicture all = device.encode(picture, OperatingPoint.raw(0));
            TokenSet got = edge.decode(all.slices(), OperatingPoint.raw(0));
            assertEquals(256, got.count());
            float[] exact = encoder.encode(picture, new Stopwatch());
            for (int i = 0; i < exact.length; i++) {
                assertEquals(Float.float16ToFloat(Float.floatToFloat16(exact[i])), got.values()[i]);
            }
            EncodedPicture merged = device.encode(picture, OperatingPoint.raw(16));
            assertEquals(16, merged.tokens());
            assertEquals(16, edge.decode(merged.slices(), OperatingPoint.raw(16)).count());
            assertTrue(merged.bytes() > 16 * 768 && merged.bytes() < 16 * 768 + 16 * 16, merged.bytes() + " bytes");
            assertThrows(IllegalArgumentException.class, () -> device.encode(picture, OperatingPoint.raw(257)));
        }
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

    @Test
    void refusesAValueThatFloat16CannotHold() {
        assertThrows(IllegalStateException.class,
                () -> RawSlices.write(new float[]{1e6f}, 1, 1, 0, SliceLimits.defaults()));
        assertThrows(IllegalStateException.class,
                () -> RawSlices.write(new float[]{Float.NaN}, 1, 1, 0, SliceLimits.defaults()));
    }
}
