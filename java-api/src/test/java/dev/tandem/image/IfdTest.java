package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An Exif block says an orientation, or nothing. */
class IfdTest {
    /** A block with SHORT entries, tag and value by turns. */
    private static ByteBuffer block(ByteOrder order, int directory, int count, int... entries) {
        ByteBuffer tiff = ByteBuffer.allocate(directory + 2 + entries.length / 2 * 12).order(order);
        tiff.putShort(0, (short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d)).putShort(2, (short) 42);
        tiff.putInt(4, directory).putShort(directory, (short) count);
        for (int i = 0; i < entries.length; i += 2) {
            int at = directory + 2 + i / 2 * 12;
            tiff.putShort(at, (short) entries[i]).putShort(at + 2, (short) 3).putInt(at + 4, 1).putShort(at + 8,
                    (short) entries[i + 1]);
        }
        return tiff;
    }

    @Test
    void theOrientationIsFoundInEitherOrderAndBehindOtherTags() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            assertEquals(6, Ifd.of(block(order, 8, 1, 0x0112, 6)).orientation());
            assertEquals(3, Ifd.of(block(order, 12, 2, 0x010f, 8, 0x0112, 3)).orientation());
            assertEquals(1, Ifd.of(block(order, 8, 1, 0x010f, 8)).orientation(), "another tag");
            assertEquals(1, Ifd.of(block(order, 8, 1, 0x010f, 8, 0x0112, 3)).orientation(), "beyond the count");
            assertEquals(6, Ifd.of(block(order, 8, 9, 0x010f, 8, 0x0112, 6)).orientation(), "a count beyond the block");
            assertEquals(1, Ifd.of(block(order, 8, 9, 0x010f, 8)).orientation(), "a count beyond the block, no tag");
        }
    }

    @Test
    void everyTypeOfWholeNumberCounts() {
        for (int seed = 0; seed < 200; seed++) {
            int orientation = 1 + seed % 8;
            assertEquals(orientation, Ifd.of(ByteBuffer.wrap(Blocks.exif(new Dice(seed), orientation))).orientation());
        }
        ByteBuffer text = block(ByteOrder.LITTLE_ENDIAN, 8, 1, 0x0112, 6).putShort(12, (short) 2);
        assertEquals(1, Ifd.of(text).orientation());
        ByteBuffer fraction = block(ByteOrder.LITTLE_ENDIAN, 8, 1, 0x0112, 6).putShort(12, (short) 11);
        assertEquals(1, Ifd.of(fraction).orientation());
    }

    @Test
    void anImpossibleOrientationIsUpright() {
        for (int wrong : new int[]{0, 9, 10, 255, 65535}) {
            assertEquals(1, Ifd.of(block(ByteOrder.BIG_ENDIAN, 8, 1, 0x0112, wrong)).orientation(), "found " + wrong);
        }
    }

    @Test
    void aBlockThatIsCutOrPointsElsewhereSaysNothing() {
        byte[] whole = block(ByteOrder.BIG_ENDIAN, 8, 1, 0x0112, 6).array();
        for (int length = 0; length < whole.length; length++) {
            assertEquals(1, Ifd.of(ByteBuffer.wrap(whole, 0, length)).orientation(), "cut at " + length);
        }
        for (int directory : new int[]{-1, 1 << 30, 21}) {
            assertEquals(1, Ifd.of(ByteBuffer.wrap(whole.clone()).putInt(4, directory)).orientation());
        }
        assertEquals(1, Ifd.of(ByteBuffer.wrap(whole.clone()).putShort(0, (short) 0x4d49)).orientation());
        for (int i = 0; i < whole.length; i++) {
            for (int value : new int[]{0, 0x7f, 0xff}) {
                byte[] changed = whole.clone();
                changed[i] = (byte) value;
                int found = Ifd.of(ByteBuffer.wrap(changed)).orientation();
                assertTrue(found >= 1 && found <= 8);
            }
        }
    }

    @Test
    void manyNumbersLieElsewhereInTheBlock() {
        ByteBuffer tiff = block(ByteOrder.LITTLE_ENDIAN, 8, 1, 258, 22).putInt(14, 3);
        byte[] longer = Arrays.copyOf(tiff.array(), 28);
        ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putShort(22, (short) 8).putShort(24, (short) 9).putShort(
                26, (short) 10);
        assertArrayEquals(new long[]{8, 9, 10}, Ifd.of(ByteBuffer.wrap(longer)).numbers(258));
        assertTrue(Ifd.of(ByteBuffer.wrap(longer)).isComplete());
        assertArrayEquals(new long[0], Ifd.of(ByteBuffer.wrap(longer, 0, 27)).numbers(258));
        assertFalse(Ifd.of(ByteBuffer.wrap(longer, 0, 27)).isComplete());
        assertFalse(Ifd.of(ByteBuffer.wrap(longer, 0, 21)).isComplete());
    }

    /** Here the second entry's three numbers would lie behind the end. */
    @Test
    void aDirectoryIsCompleteWithAllThatItPointsTo() {
        ByteBuffer tiff = block(ByteOrder.BIG_ENDIAN, 8, 3, 256, 7, 258, 46, 259, 1).putInt(26, 3);
        byte[] whole = Arrays.copyOf(tiff.array(), 52);
        assertTrue(Ifd.of(ByteBuffer.wrap(whole).putShort(30, (short) 0).putShort(32, (short) 46)).isComplete());
        for (int length = 10; length < 52; length++) {
            assertFalse(Ifd.of(ByteBuffer.wrap(whole, 0, length)).isComplete(), "cut at " + length);
        }
        assertFalse(Ifd.of(ByteBuffer.wrap(whole).putInt(30, 47)).isComplete());
    }
}
