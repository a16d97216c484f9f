package dev.tandem.entropy;

import java.util.Arrays;

/**
 * Single-state rANS encoder, byte for byte the stream of CompressAI's {@code ans} (docs/bitstream.md, section 4).
 *
 * <p>Three things to know: values are put in natural order but coded in reverse, so nothing is written before {@link
 * #finish}; the state lives in [2^31, 2^63) and so fits a signed long; several groups with different tables may share
 * one stream, just put them one after the other. One thread at a time; after finish the encoder is empty and can be
 * used again.
 */
public final class RansEncoder {
    static final long LOWER_BOUND = 1L << 31;

    /**
     * One operation: start << 16 | frequency for a table symbol, value << 16 for a raw nibble (no symbol has frequency
     * 0).
     */
    private int[] operations = new int[256];
    private int count;

    /**
     * Adds one value.
     *
     * @param row row of the tables that models it
     * @param value any value whose escape stays below 2^28 (|value - offset| up to about 2^27)
     * @throws IllegalArgumentException for a value further out; the encoder is unchanged
     */
    public void put(CdfTables tables, int row, int value) {
        long v = (long) value - tables.offset(row);
        int escape = tables.escape(row);
        if (v >= 0 && v < escape) {
            add(tables.cumulative(row, (int) v) << 16 | tables.frequency(row, (int) v));
            return;
        }
        long raw = Escape.raw(v, escape);
        if (raw >= Escape.RAW_LIMIT) {
            throw Escape.tooFar(tables, row, value);
        }
        add(tables.cumulative(row, escape) << 16 | tables.frequency(row, escape));
        int nibbles = Escape.nibbles((int) raw);
        add(nibbles << 16);
        for (int i = 0; i < nibbles; i++) {
            add((int) (raw >>> 4 * i & 15) << 16);
        }
    }

    private void add(int operation) {
        if (count == operations.length) {
            operations = Arrays.copyOf(operations, count * 2);
        }
        operations[count++] = operation;
    }

    /** The whole stream: a multiple of 4 bytes, at least 8. Empties the encoder. */
    public byte[] finish() {
        // An operation shifts out at most 16 bits, so two of them fill at most one word.
        int[] words = new int[count / 2 + 1];
        int pushed = 0;
        long x = LOWER_BOUND;
        for (int i = count - 1; i >= 0; i--) {
            int frequency = operations[i] & 0xFFFF;
            int start = operations[i] >>> 16;
            boolean nibble = frequency == 0;
            long limit = nibble ? 1L << 59 : (long) frequency << 47;
            if (x >= limit) {
                words[pushed++] = (int) x;
                x >>>= 32;
            }
            x = nibble ? x << 4 | start : (x / frequency << 16) + x % frequency + start;
        }
        count = 0;
        byte[] stream = new byte[8 + 4 * pushed];
        word(stream, 0, (int) x);
        word(stream, 4, (int) (x >>> 32));
        for (int i = 0; i < pushed; i++) {
            word(stream, 8 + 4 * i, words[pushed - 1 - i]);
        }
        return stream;
    }

    private static void word(byte[] to, int at, int word) {
        to[at] = (byte) word;
        to[at + 1] = (byte) (word >>> 8);
        to[at + 2] = (byte) (word >>> 16);
        to[at + 3] = (byte) (word >>> 24);
    }
}
