package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTablesTest {
    @Test
    void theUntrainedFactorisedPriorGivesTheRowOfPartA9() {
        CdfTables tables = FactorisedPrior.of(List.of(FactorisedPrior.Channel.initial(-10, 0, 10)));
        int[] expected = {0, 1287, 2633, 4034, 5486, 6984, 8523, 10096, 11697, 13318, 14951, 16588, 18221, 19842, 21443,
                23016, 24555, 26053, 27505, 28906, 30252, 31539, 65536};
        assertEquals(-10, tables.offset(0));
        assertEquals(23, tables.length(0));
        assertArrayEquals(expected, tables.row(0));
    }

    @Test
    void theTailOfAShorterFactorisedRowIsTakenAtTheLongestRowsEdge() {
        FactorisedPrior.Channel narrow = FactorisedPrior.Channel.initial(-10, 0, 10);
        CdfTables alone = FactorisedPrior.of(List.of(narrow));
        CdfTables beside = FactorisedPrior.of(List.of(narrow, FactorisedPrior.Channel.initial(-214.164, 0, 214.164)));
        int escape = alone.escape(0);
        assertTrue(beside.frequency(0, escape) < alone.frequency(0, escape));
        assertEquals(431 + 2, beside.length(1));
    }

    @Test
    void theLaplaceRowOfScaleOneIsThatOfPartA9() {
        int[] row = LaplaceTables.row(1);
        assertEquals(21, LaplaceTables.centre(1));
        assertEquals(45, row.length);
        assertArrayEquals(new int[]{985, 2685, 7307, 19870, 45656, 58219, 62841, 64541},
                Arrays.copyOfRange(row, 18, 26));
    }

    @Test
    void theSuggestedLaplaceTableIsWellFormed() {
        double[] scales = LaplaceTables.logSpaced(64, 0.05, 64);
        assertEquals(0.05, scales[0]);
        assertEquals(64, scales[63], 1e-9);
        CdfTables tables = LaplaceTables.of(scales);
        assertEquals(64, tables.rows());
        assertEquals(2 * 1327 + 3, tables.length(63));
        assertThrows(IllegalArgumentException.class, () -> LaplaceTables.row(0));
        assertThrows(IllegalArgumentException.class, () -> LaplaceTables.row(Double.NaN));
    }

    @Test
    void theGaussianTableHasTheSizesOfPartA6() {
        CdfTables tables = GaussianTables.of(LaplaceTables.logSpaced(64, 0.11, 256));
        int entries = 0;
        for (int row = 0; row < 64; row++) {
            entries += tables.length(row);
        }
        assertArrayEquals(new int[]{0, 1, 65534, 65535, 65536}, tables.row(0));
        assertEquals(3133, tables.length(63));
        assertEquals(27_256, entries);
    }

    @Test
    void erfcAgreesWithKnownValues() {
        assertEquals(1, GaussianTables.erfc(0));
        assertEquals(0.4795001221869535, GaussianTables.erfc(0.5), 1e-15);
        assertEquals(1.8427007929497148, GaussianTables.erfc(-1), 1e-14);
        assertEquals(4.677734981047266e-3, GaussianTables.erfc(2), 1e-16);
        assertEquals(1.5374597944280349e-12, GaussianTables.erfc(5), 1e-25);
    }
}
