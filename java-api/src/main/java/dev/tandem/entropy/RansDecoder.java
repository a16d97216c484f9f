package dev.tandem.entropy;

import java.util.Objects;

/**
 * Single-state rANS decoder for the streams of {@link RansEncoder}. Never reads outside its range; every damage it can
 * see is a {@link CorruptBitstreamException} with the byte offset in the stream. One thread at a time.
 *
 * <p>Read the values in the order they were put, then call {@link #finish}: a valid stream ends with all words consumed
 * and the state where the encoder began, which few damaged ones do.
 */
public final class RansDecoder {
    private final byte[] data;
    private final int from;
    private final int end;
    private int next;
    private long x;

    /**
     * @param data holds the stream in [offset, offset + length); not copied, must not change while decoding
     * @throws CorruptBitstreamException if the length or the first state is impossible
     */
    public RansDecoder(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        this.data = data;
        this.from = offset;
        this.next = offset;
        this.end = offset + length;
        if (length < 8 || length % 4 != 0) {
            throw corrupt("a multiple of 4 bytes, at least 8", length + " bytes");
        }
        long low = word();
        x = low | word() << 32;
        if (x < RansEncoder.LOWER_BOUND) {
            throw corrupt("a state in [2^31, 2^63)", "0x" + Long.toHexString(x));
        }
    }

    /** The next value, modelled by one row. */
    public int get(CdfTables tables, int row) {
        int point = (int) x & 0xFFFF;
        int symbol = tables.symbolAt(row, point);
        x = tables.frequency(row, symbol) * (x >>> 16) + point - tables.cumulative(row, symbol);
        renormalise();
        int escape = tables.escape(row);
        int v = symbol == escape ? escaped(escape) : symbol;
        return v + tables.offset(row);
    }

    private int escaped(int escape) {
        int nibbles = nibble();
        if (nibbles > Escape.MAX_NIBBLES) {
            throw corrupt("an escape of at most 7 nibbles", nibbles + " nibbles");
        }
        int raw = 0;
        for (int i = 0; i < nibbles; i++) {
            raw |= nibble() << 4 * i;
        }
        if (Escape.nibbles(raw) != nibbles) {
            throw corrupt("an escape without leading zeros", nibbles + " nibbles for " + raw);
        }
        return Escape.value(raw, escape);
    }

    private int nibble() {
        int value = (int) x & 15;
        x >>>= 4;
        renormalise();
        return value;
    }

    private void renormalise() {
        if (x < RansEncoder.LOWER_BOUND) {
            x = x << 32 | word();
        }
    }

    private long word() {
        if (next == end) {
            throw corrupt("another word", "the end");
        }
        long word = data[next] & 0xFFL | (data[next + 1] & 0xFFL) << 8 | (data[next + 2] & 0xFFL) << 16
                | (data[next + 3] & 0xFFL) << 24;
        next += 4;
        return word;
    }

    /** To be called after the last value: checks that the stream ends here. */
    public void finish() {
        if (next != end) {
            throw corrupt("the end", end - next + " bytes left");
        }
        if (x != RansEncoder.LOWER_BOUND) {
            throw corrupt("the final state 2^31", "0x" + Long.toHexString(x));
        }
    }

    private CorruptBitstreamException corrupt(String expected, String found) {
        return new CorruptBitstreamException("rANS stream", next - from, expected, found);
    }
}
