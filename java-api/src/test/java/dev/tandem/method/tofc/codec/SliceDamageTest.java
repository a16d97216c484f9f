package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SliceDamageTest {
    private static final OperatingStep STEP = new OperatingStep(3, 0.5f, 0);
    private static final CodecModel MODEL = RandomCodecModels.create(2, 16, 24, 3, 16, STEP);
    private static final SliceCodec CODEC = new SliceCodec(MODEL, MemoryAccount.process().owner("test"));
    private static final byte[] SLICE = CODEC
            .encode(RandomCodecModels.latents(MODEL, STEP, 1, 8), STEP, SliceLimits.defaults()).getFirst();

    @Test
    void everyTruncationIsFound() {
        for (int length = 0; length < SLICE.length; length++) {
            refused(Arrays.copyOf(SLICE, length), "");
        }
        refused(Arrays.copyOf(SLICE, SLICE.length + 1), "CRC-32C");
        refused(new byte[70_000], "bytes");
    }

    @Test
    void everyBitFlipIsFound() {
        for (int bit = 0; bit < SLICE.length * 8; bit++) {
            byte[] broken = SLICE.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            refused(broken, "CRC-32C");
        }
    }

    /** A forger can make the check sum right; what follows must still hold. */
    @Test
    @Timeout(60)
    void damageUnderARightCheckSumIsATypedErrorOrAWholeSlice() {
        SplittableRandom random = new SplittableRandom(6);
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = random.nextInt(4) == 0 ? Arrays.copyOf(SLICE, random.nextInt(17, 60)) : SLICE.clone();
            int reach = Math.min(broken.length - 4, random.nextBoolean() ? 8 : 1000);
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                broken[random.nextInt(reach)] = (byte) random.nextInt(256);
            }
            seal(broken);
            try {
                DecodedSlice decoded = CODEC.decode(broken);
                assertTrue(decoded.count() >= 1 && decoded.firstRank() + decoded.count() <= decoded.total());
                assertEquals(decoded.count() * 24, decoded.values().length);
                accepted++;
            } catch (CorruptBitstreamException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= broken.length);
            }
        }
        // Only the ranks in the header can change without the stream noticing.
        assertTrue(accepted < 500, "accepted " + accepted);
    }

    @Test
    void namesWhatIsWrongInTheHeader() {
        refused(sealed(0, 2), "slice version 1");
        refused(sealed(1, 9), "an operating point of");
        refused(sealed(3, 0), "1 or more tokens");
        refused(sealed(2, 1), "1 or more tokens");
        refused(sealed(4, 7), "1 or more tokens");
        byte[] varint = sealed(2, 0x80);
        varint[3] = 0;
        seal(varint);
        refused(varint, "second byte of a varint");
        refused(sealed(3, 7), "rANS stream");
    }

    @Test
    void aSliceOfAnotherModelDoesNotDecodeQuietly() {
        CodecModel other = RandomCodecModels.create(3, 16, 24, 3, 16, STEP);
        assertThrows(CorruptBitstreamException.class,
                () -> new SliceCodec(other, MemoryAccount.process().owner("test")).decode(SLICE));
    }

    private static byte[] sealed(int at, int value) {
        byte[] broken = SLICE.clone();
        broken[at] = (byte) value;
        seal(broken);
        return broken;
    }

    private static void seal(byte[] slice) {
        CRC32C crc = new CRC32C();
        crc.update(slice, 0, slice.length - 4);
        for (int i = 0; i < 4; i++) {
            slice[slice.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
        }
    }

    private static void refused(byte[] slice, String expected) {
        CorruptBitstreamException e = assertThrows(CorruptBitstreamException.class, () -> CODEC.decode(slice));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
}
