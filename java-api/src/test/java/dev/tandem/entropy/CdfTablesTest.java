package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CdfTablesTest {
    private static final CdfTables TABLES = RansVectorsTest.TABLES;

    @Test
    void comeBackFromTheirFile() {
        for (int seed = 0; seed < 20; seed++) {
            CdfTables tables = RandomTables.create(new SplittableRandom(seed));
            ByteBuffer file = ByteBuffer.wrap(tables.toBytes());
            CdfTables read = CdfTables.read(file);
            assertFalse(file.hasRemaining());
            assertEquals(tables.rows(), read.rows());
            for (int row = 0; row < tables.rows(); row++) {
                assertArrayEquals(tables.row(row), read.row(row));
                assertEquals(tables.offset(row), read.offset(row));
            }
            assertArrayEquals(tables.toBytes(), read.toBytes());
        }
    }

    @Test
    void lieInTheFileAsDocumented() {
        ByteBuffer file = ByteBuffer.wrap(TABLES.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int[] expected = {0x42544454, 1, 2, 11, 6, 5, -2, -1, 0, 6554, 19661, 45875, 58982, 65536, 0, 3277, 62259,
                64880, 65536};
        int[] found = new int[expected.length];
        file.asIntBuffer().get(found);
        assertArrayEquals(expected, found);
        assertEquals(expected.length * 4, file.remaining());
    }

    @Test
    void findTheSymbolOfEveryPoint() {
        CdfTables tables = RandomTables.create(new SplittableRandom(3));
        for (int row = 0; row < tables.rows(); row++) {
            int[] cdf = tables.row(row);
            int symbol = 0;
            for (int point = 0; point < 65536; point++) {
                symbol += point == cdf[symbol + 1] ? 1 : 0;
                assertEquals(symbol, tables.symbolAt(row, point));
            }
        }
    }

    @Test
    void refuseRowsThatAreNoDistribution() {
        check("a first entry 0", 1, 20, 65536);
        check("entry 2 above 20", 0, 20, 20, 65536);
        check("entry 2 above 20", 0, 20, 10, 65536);
        check("entry 1 above 0", 0, -5, 65536);
        check("a last entry 65536", 0, 20, 65535);
        check("a last entry 65536", 0, 20, 65537);
        check("3..65537 entries", 0, 65536);
        check("3..65537 entries");
        CorruptBitstreamException e = assertThrows(CorruptBitstreamException.class,
                () -> CdfTables.of(new int[][]{{0, 9, 65536}}, new int[]{1 << 25}));
        assertTrue(e.getMessage().contains("an offset within"));
        assertThrows(IllegalArgumentException.class, () -> CdfTables.of(new int[][]{{0, 9, 65536}}, new int[0]));
    }

    private static void check(String expected, int... row) {
        CorruptBitstreamException e = assertThrows(CorruptBitstreamException.class,
                () -> CdfTables.of(new int[][]{{0, 5, 65536}, row}, new int[2]));
        assertTrue(e.getMessage().contains(expected) && e.getMessage().contains("table row 1"), e.getMessage());
    }

    @Test
    void refuseAFileThatIsDamaged() {
        byte[] file = TABLES.toBytes();
        for (int length = 0; length < file.length; length++) {
            refused(Arrays.copyOf(file, length));
        }
        refused(Arrays.copyOf(file, file.length + 1));
        refused(with(file, 0, 0x12345678));
        refused(with(file, 4, 2));
        for (int absurd : new int[]{0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            refused(with(file, 8, absurd));
            refused(with(file, 12, absurd));
            refused(with(file, 16, absurd));
        }
        refused(with(file, 8, 3));
        refused(with(file, 32, 1));
    }

    @Test
    void anyDamageIsATypedErrorOrOtherValidTables() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] file = TABLES.toBytes();
        for (int i = 0; i < 5000; i++) {
            byte[] broken = file.clone();
            broken[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                CdfTables read = CdfTables.read(ByteBuffer.wrap(broken));
                assertArrayEquals(broken, read.toBytes());
            } catch (CorruptBitstreamException e) {
                assertTrue(e.offset() <= file.length);
            }
        }
    }

    private static void refused(byte[] file) {
        assertThrows(CorruptBitstreamException.class, () -> CdfTables.read(ByteBuffer.wrap(file)));
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return copy;
    }
}
