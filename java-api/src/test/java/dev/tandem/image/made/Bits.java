package dev.tandem.image.made;

import java.io.ByteArrayOutputStream;

/** Bits into bytes, the upper ones first or the lower ones. */
final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean upperFirst;
    private long held;
    private int count;

    Bits(boolean upperFirst) {
        this.upperFirst = upperFirst;
    }

    void put(int value, int bits) {
        held = upperFirst ? held << bits | value : held | (long) value << count;
        count += bits;
        while (count >= 8) {
            bytes.write((int) (upperFirst ? held >> count - 8 : held));
            held = upperFirst ? held : held >>> 8;
            count -= 8;
        }
    }

    /** To the next whole byte. */
    void align() {
        if (count > 0) {
            put(0, 8 - count);
        }
    }

    byte[] bytes() {
        align();
        return bytes.toByteArray();
    }

    /** LZW without a table of its own: it is cleared before the codes grow. */
    static byte[] lzw(byte[] symbols, int depth, boolean upperFirst) {
        Bits codes = new Bits(upperFirst);
        int clear = 1 << depth;
        int most = clear - 3; // strings in the table until a code needs one bit more, whichever way it is counted
        for (int i = 0; i < symbols.length; i++) {
            if (i % Math.max(1, most) == 0) {
                codes.put(clear, depth + 1);
            }
            codes.put(symbols[i] & 0xff, depth + 1);
        }
        codes.put(clear + 1, depth + 1);
        return codes.bytes();
    }
}
