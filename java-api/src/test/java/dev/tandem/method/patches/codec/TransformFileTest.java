package dev.tandem.method.patches.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformFileTest {
    private static final byte[] FILE = TransformFiles.drawn(4, 3, 5, 1);
    private static final int MEANS = 24;
    private static final int BASES = MEANS + 4 * 3 * 48;
    private static final int SCALES = BASES + 4 * 3 * 5 * 48;
    private static final int TABLES = SCALES + 32;

    private static TransformModel read(byte[] file) {
        return TransformModel.read(ByteBuffer.wrap(file));
    }

    private static void refused(String words, Consumer<ByteBuffer> change) {
        byte[] changed = FILE.clone();
        change.accept(ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN));
        String found = assertThrows(CorruptBitstreamException.class, () -> read(changed)).getMessage();
        assertTrue(found.contains(words), found);
    }

    @Test
    void readsWhatTheFormatSays() {
        TransformModel model = read(FILE);
        ByteBuffer file = ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(4, model.side());
        assertEquals(3, model.classes());
        assertEquals(5, model.coefficients());
        assertEquals(48, model.values());
        assertEquals(8, model.trainedStep());
        assertEquals(file.getFloat(MEANS + 4 * (48 + 7)), model.means()[1][7]);
        assertEquals(file.getFloat(BASES + 4 * ((2 * 5 + 4) * 48 + 9)), model.bases()[2][4 * 48 + 9]);
        assertEquals(file.getShort(SCALES + 2 * (2 * 5 + 3)), model.scales()[2][3]);
        assertEquals(65, model.tables().rows());
        assertArrayEquals(TransformFiles.tables(3).toBytes(), model.tables().toBytes());
    }

    /** Thresholds 16, 32, ..., 1008 counted one after another. */
    @ParameterizedTest
    @CsvSource({"0", "-22", "1", "300", "-32768", "32767"})
    void aScaleChoosesTheRowOfItsThresholds(int shift) {
        TransformModel model = read(FILE);
        for (int kind = 0; kind < 3; kind++) {
            char[] rows = model.rows(kind, shift);
            for (int k = 0; k < 5; k++) {
                int index = 0;
                for (int threshold = 16; threshold <= 1008; threshold += 16) {
                    index += threshold <= model.scales()[kind][k] + shift ? 1 : 0;
                }
                assertEquals(1 + index, rows[k]);
            }
        }
    }

    @Test
    void refusesEachFieldThatCannotBe() {
        refused("TDPT", b -> b.put(0, (byte) 'X'));
        refused("version 1", b -> b.putInt(4, 2));
        refused("4..32 pixels", b -> b.putInt(8, 3));
        refused("4..32 pixels", b -> b.putInt(8, 33));
        refused("4..32 pixels", b -> b.putInt(8, Integer.MIN_VALUE));
        refused("1..64 classes", b -> b.putInt(12, 0));
        refused("1..64 classes", b -> b.putInt(12, 65));
        refused("1..48 coefficients", b -> b.putInt(16, 0));
        refused("1..48 coefficients", b -> b.putInt(16, 49));
        refused("bytes behind the header", b -> b.putInt(8, 32).putInt(12, 64).putInt(16, 3072));
        refused("a step", b -> b.putFloat(20, Float.NaN));
        refused("a step", b -> b.putFloat(20, 0));
        refused("a step", b -> b.putFloat(20, 1001));
        refused("within +-1024", b -> b.putFloat(MEANS, Float.NaN));
        refused("within +-1024", b -> b.putFloat(MEANS + 40, -1025));
        refused("within", b -> b.putFloat(BASES, Float.POSITIVE_INFINITY));
        refused("row 0 of class 0", b -> b.putFloat(BASES, 1));
        refused("row 4 of class 2", b -> b.putFloat(SCALES - 4, 0.9f));
        refused("a padding of 0", b -> b.put(SCALES + 30, (byte) 1));
        refused("TDTB", b -> b.put(TABLES, (byte) 'X'));
    }

    @Test
    void refusesTablesForAnotherNumberOfClasses() {
        byte[] other = TransformFiles.tables(4).toBytes();
        byte[] file = Arrays.copyOf(FILE, TABLES + other.length);
        System.arraycopy(other, 0, file, TABLES, other.length);
        assertTrue(assertThrows(CorruptBitstreamException.class, () -> read(file)).getMessage()
                .contains("a first row of 3 classes"));
    }

    @Test
    void everyCutIsRefusedAndNoFlippedBitIsAnotherError() {
        for (int length = 0; length < FILE.length; length += 1 + length / 40) {
            byte[] cut = Arrays.copyOf(FILE, length);
            assertThrows(CorruptBitstreamException.class, () -> read(cut), "length " + length);
        }
        byte[] more = Arrays.copyOf(FILE, FILE.length + 4);
        assertThrows(CorruptBitstreamException.class, () -> read(more));
        Random random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            byte[] flipped = FILE.clone();
            flipped[i < 400 ? i % 24 : random.nextInt(FILE.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertTrue(read(flipped).classes() >= 1);
            } catch (CorruptBitstreamException e) {
                assertTrue(e.getMessage().startsWith("corrupt "), e.getMessage());
            }
        }
    }
}
