package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams made by the common reference coder (docs/bitstream.md, section 10). */
class RansVectorsTest {
    static final CdfTables TABLES = CdfTables
            .of(new int[][]{{0, 6554, 19661, 45875, 58982, 65536}, {0, 3277, 62259, 64880, 65536}}, new int[]{-2, -1});

    @ParameterizedTest
    @CsvSource({"0 0 0 0 0 0 0 0, AAAAAAAA, d259b708fb020000", "-2 -1 0 1 0 -1 1 0, AAAAAAAA, b4021883bebe0000",
            "0 2 3 -3 100 -100 0 1, AAAAAAAA, ff7c5f7d0100000090b53ed7428cf50f",
            "0 0 -1 5 1 0 -2 -1, ABABABAB, d08ed15ecbf3c20b",
            "0 134217722 -134217726 1, AAAA, 3296bdf170020000ffffff7df7ffffdf", "0, A, 6766014001000000",
            "'', '', 0000008000000000"})
    void agreeByteForByte(String symbols, String rows, String hex) {
        int[] values = symbols.isEmpty()
                ? new int[0]
                : java.util.Arrays.stream(symbols.split(" ")).mapToInt(Integer::parseInt).toArray();
        RansEncoder encoder = new RansEncoder();
        for (int i = 0; i < values.length; i++) {
            encoder.put(TABLES, rows.charAt(i) - 'A', values[i]);
        }
        byte[] stream = encoder.finish();
        assertEquals(hex, HexFormat.of().formatHex(stream));
        RansDecoder decoder = new RansDecoder(stream, 0, stream.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], decoder.get(TABLES, rows.charAt(i) - 'A'));
        }
        decoder.finish();
    }

    @Test
    void codesUpToTheEscapeLimitAndRefusesBeyond() {
        // Row A: offset -2, escape symbol 4; raw = 2 * (v - 4) above, -2 * v - 1 below.
        int most = (1 << 27) - 1 + 4 - 2;
        int least = -(1 << 27) - 2;
        RansEncoder encoder = new RansEncoder();
        encoder.put(TABLES, 0, most);
        encoder.put(TABLES, 0, least);
        for (int beyond : new int[]{most + 1, least - 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                    () -> encoder.put(TABLES, 0, beyond));
            assertTrue(e.getMessage().contains("value [" + beyond + "]"));
        }
        byte[] stream = encoder.finish();
        RansDecoder decoder = new RansDecoder(stream, 0, stream.length);
        assertEquals(most, decoder.get(TABLES, 0));
        assertEquals(least, decoder.get(TABLES, 0));
        decoder.finish();
    }
}
