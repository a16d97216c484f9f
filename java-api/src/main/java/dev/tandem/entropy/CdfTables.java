package dev.tandem.entropy;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Integer tables that the coder draws its probabilities from: T rows of cumulative frequencies (docs/bitstream.md,
 * section 2). Immutable, safe for several threads; whoever holds one holds checked tables.
 *
 * <p>Row t has n symbols, the last of which is the escape, and n + 1 entries 0 = c[0] &lt; ... &lt; c[n] = 65536.
 * Symbol k stands for the value offset + k.
 */
public final class CdfTables {
    /** Bits of precision of every table. */
    public static final int PRECISION = 16;

    /** Total of every row, 2^{@value #PRECISION}. */
    public static final int TOTAL = 1 << PRECISION;

    /** Values and offsets stay well inside an int even after an escape. */
    static final int MAX_OFFSET = 1 << 24;

    private final int[] cdf;
    private final int[] start;
    private final int[] offset;

    /** Takes ownership of the arrays; start has one entry more than there are rows. */
    CdfTables(int[] cdf, int[] start, int[] offset) {
        this.cdf = cdf;
        this.start = start;
        this.offset = offset;
        for (int row = 0; row < offset.length; row++) {
            check(row);
        }
    }

    /**
     * Checks and copies rows.
     *
     * @param cdf [rows][symbols + 1] cumulative frequencies
     * @param offset [rows] value of symbol 0
     * @throws CorruptBitstreamException naming the row, for a row that is not strictly ascending from 0 to 65536
     */
    public static CdfTables of(int[][] cdf, int[] offset) {
        if (cdf.length != offset.length) {
            throw new IllegalArgumentException(
                    "tables have [" + cdf.length + "] rows but [" + offset.length + "] offsets");
        }
        int[] start = new int[cdf.length + 1];
        for (int row = 0; row < cdf.length; row++) {
            start[row + 1] = start[row] + cdf[row].length;
        }
        int[] flat = new int[start[cdf.length]];
        for (int row = 0; row < cdf.length; row++) {
            System.arraycopy(cdf[row], 0, flat, start[row], cdf[row].length);
        }
        return new CdfTables(flat, start, offset.clone());
    }

    /**
     * Reads a tables file, little-endian whatever the buffer's order; the buffer's position ends at its limit.
     *
     * @throws CorruptBitstreamException if the buffer does not hold exactly one well-formed file
     */
    public static CdfTables read(ByteBuffer file) {
        return TablesFile.read(file);
    }

    private void check(int row) {
        int from = start[row];
        int entries = start[row + 1] - from;
        if (entries < 3 || entries > TOTAL + 1) {
            throw bad(row, "3.." + (TOTAL + 1) + " entries", entries);
        }
        if (cdf[from] != 0) {
            throw bad(row, "a first entry 0", cdf[from]);
        }
        for (int i = 1; i < entries; i++) {
            if (cdf[from + i] <= cdf[from + i - 1]) {
                throw bad(row, "entry " + i + " above " + cdf[from + i - 1], cdf[from + i]);
            }
        }
        if (cdf[from + entries - 1] != TOTAL) {
            throw bad(row, "a last entry " + TOTAL, cdf[from + entries - 1]);
        }
        if (Math.abs((long) offset[row]) > MAX_OFFSET) {
            throw bad(row, "an offset within +-" + MAX_OFFSET, offset[row]);
        }
    }

    private CorruptBitstreamException bad(int row, String expected, int found) {
        return new CorruptBitstreamException("table row " + row, TablesFile.entryAt(offset.length, start[row]),
                expected, String.valueOf(found));
    }

    /** Rows. */
    public int rows() {
        return offset.length;
    }

    /** Entries of one row: its symbols and one more. */
    public int length(int row) {
        return start[row + 1] - start[row];
    }

    /** Value of symbol 0 of one row. */
    public int offset(int row) {
        return offset[row];
    }

    /** A copy of one row. */
    public int[] row(int row) {
        return Arrays.copyOfRange(cdf, start[row], start[row + 1]);
    }

    /** Index of the escape symbol of one row. */
    public int escape(int row) {
        return start[row + 1] - start[row] - 2;
    }

    int cumulative(int row, int symbol) {
        return cdf[start[row] + symbol];
    }

    /** How many of the {@value #TOTAL} points of one row stand for a symbol. */
    public int frequency(int row, int symbol) {
        int at = start[row] + symbol;
        return cdf[at + 1] - cdf[at];
    }

    /** The symbol k with c[k] &lt;= point &lt; c[k + 1]; point is 0..65535. */
    public int symbolAt(int row, int point) {
        int low = start[row];
        int high = start[row + 1] - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (cdf[middle] <= point) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low - start[row];
    }

    /** The tables file: equal tables give equal bytes. */
    public byte[] toBytes() {
        return TablesFile.write(cdf, start, offset);
    }
}
