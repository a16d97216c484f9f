package dev.tandem.entropy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Layout of {@code codec/tables.bin} (docs/bitstream.md, section 2). Sizes are checked against the file's own length
 * before anything is allocated.
 */
final class TablesFile {
    private static final int MAGIC = 'T' | 'D' << 8 | 'T' << 16 | 'B' << 24;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int MAX_ROWS = 1 << 16;
    private static final int MAX_ENTRIES = 1 << 24;

    private TablesFile() {
    }

    /** Byte offset of an entry in the file. */
    static long entryAt(int rows, int entry) {
        return HEADER_BYTES + 8L * rows + 4L * entry;
    }

    static CdfTables read(ByteBuffer file) {
        ByteBuffer in = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        file.position(file.limit());
        require(in.remaining() >= HEADER_BYTES, 0, "at least " + HEADER_BYTES + " bytes", in.remaining());
        int magic = in.getInt();
        require(magic == MAGIC, 0, "magic TDTB", "0x" + Integer.toHexString(magic));
        int version = in.getInt();
        require(version == VERSION, 4, "version " + VERSION, version);
        int rows = in.getInt();
        require(rows >= 1 && rows <= MAX_ROWS, 8, "1.." + MAX_ROWS + " rows", Integer.toUnsignedString(rows));
        int entries = in.getInt();
        require(entries >= 1 && entries <= MAX_ENTRIES, 12, "1.." + MAX_ENTRIES + " entries",
                Integer.toUnsignedString(entries));
        long bytes = entryAt(rows, entries);
        require(in.remaining() + HEADER_BYTES == bytes, HEADER_BYTES, bytes + " bytes in all",
                in.remaining() + HEADER_BYTES);
        int[] start = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            int length = in.getInt();
            require(length >= 0 && length <= entries - start[row], in.position() - 4,
                    "a row within the " + entries + " entries", length);
            start[row + 1] = start[row] + length;
        }
        require(start[rows] == entries, HEADER_BYTES, "row lengths that sum to " + entries, start[rows]);
        int[] offset = new int[rows];
        int[] cdf = new int[entries];
        in.asIntBuffer().get(offset).get(cdf);
        return new CdfTables(cdf, start, offset);
    }

    static byte[] write(int[] cdf, int[] start, int[] offset) {
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(entryAt(offset.length, cdf.length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putInt(offset.length).putInt(cdf.length);
        for (int row = 0; row < offset.length; row++) {
            out.putInt(start[row + 1] - start[row]);
        }
        out.asIntBuffer().put(offset).put(cdf);
        return out.array();
    }

    private static void require(boolean holds, long at, String expected, Object found) {
        if (!holds) {
            throw new CorruptBitstreamException("tables file", at, expected, String.valueOf(found));
        }
    }
}
