package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes {@code tables.bin}: tables files, whole and damaged. */
final class TablesGenerator {
    private static final CdfTables GOOD = CdfTables.of(
            new int[][]{{0, 40000, 65000, 65536}, {0, 1, 65536}, {0, 500, 501, 65000, 65500, 65536}},
            new int[]{0, -5, 16});

    private TablesGenerator() {
    }

    static List<FileCase> cases() {
        int lengths = 16;
        int offsets = lengths + 12;
        int entries = offsets + 12;
        return new FileEdits(GOOD.toBytes(), file -> CdfTables.read(ByteBuffer.wrap(file)))
                .cut(0, 3, 15, 16, 20, 27, 28, entries, GOOD.toBytes().length - 4, GOOD.toBytes().length - 1,
                        GOOD.toBytes().length + 1, GOOD.toBytes().length + 4)
                .word("magic", 0, 0, 0x42544454 + 1).word("version", 4, 0, 2, -1)
                .word("rows", 8, 0, 1, 2, 4, 65536, 65537, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)
                .word("entries", 12, 0, 12, 14, 1 << 24, (1 << 24) + 1, Integer.MAX_VALUE, -1)
                .word("length of row 0", lengths, 0, -1, 3, 5, 13, 14, Integer.MAX_VALUE, Integer.MIN_VALUE)
                .word("length of row 2", lengths + 8, 0, 2, 5, 7, -6)
                .word("offset of row 1", offsets + 4, 1 << 24, (1 << 24) + 1, -(1 << 24), -(1 << 24) - 1,
                        Integer.MIN_VALUE, Integer.MAX_VALUE)
                .word("first entry", entries, 1, -1, 65536).word("second entry", entries + 4, 0, -1, 65000, 65001, 1)
                .word("last entry", entries + 12, 65535, 65537, 65000, 0)
                .word("row 1, entry 1", entries + 20, 0, 65535, 65536).noise(4, 30).cases();
    }
}
