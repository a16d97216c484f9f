package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;

/**
 * The few bytes in front of a slice's stream (docs/bitstream.md, section 6): version, operating point (0..255), then as
 * varints of one or two bytes the rank of the first token held, the number of tokens held, at least 1, and the
 * picture's total, at least their sum and at most {@value #MAX_TOKENS}.
 */
final class SliceHeader {
    static final int VERSION = 1;

    /** More tokens than any picture has; bounds what a decoder allocates. */
    static final int MAX_TOKENS = 4096;

    /** Version, operating point, three varints. */
    static final int LEAST_BYTES = 5;

    private SliceHeader() {
    }

    static int bytes(int firstRank, int count, int total) {
        return 2 + varintBytes(firstRank) + varintBytes(count) + varintBytes(total);
    }

    static void write(byte[] slice, int operatingPoint, int firstRank, int count, int total) {
        slice[0] = VERSION;
        slice[1] = (byte) operatingPoint;
        int at = varint(slice, 2, firstRank);
        at = varint(slice, at, count);
        varint(slice, at, total);
    }

    /**
     * Reads the tokens that a slice holds, whose check sum is right and whose length is at least a header and a stream.
     *
     * @return the id of its operating point
     */
    static int read(byte[] slice, SliceStream to) {
        if (slice[0] != VERSION) {
            throw corrupt(0, "slice version " + VERSION, slice[0] & 0xFF);
        }
        int firstRank = varint(slice, 2);
        int countAt = 2 + varintBytes(firstRank);
        int count = varint(slice, countAt);
        int total = varint(slice, countAt + varintBytes(count));
        if (count < 1 || total > MAX_TOKENS || firstRank + count > total) {
            throw corrupt(2, "1 or more tokens that end within a total of at most " + MAX_TOKENS,
                    "[" + count + "] from [" + firstRank + "] on of [" + total + "]");
        }
        to.firstRank = firstRank;
        to.count = count;
        to.total = total;
        to.from = bytes(firstRank, count, total);
        return slice[1] & 0xFF;
    }

    private static int varint(byte[] slice, int at) {
        int low = slice[at];
        if (low >= 0) {
            return low;
        }
        if (slice[at + 1] <= 0) {
            throw corrupt(at + 1, "the second byte of a varint in 1..127", slice[at + 1]);
        }
        return low & 127 | slice[at + 1] << 7;
    }

    private static int varintBytes(int value) {
        return value < 128 ? 1 : 2;
    }

    private static int varint(byte[] to, int at, int value) {
        if (value < 128) {
            to[at] = (byte) value;
            return at + 1;
        }
        to[at] = (byte) (value | 128);
        to[at + 1] = (byte) (value >>> 7);
        return at + 2;
    }

    private static CorruptBitstreamException corrupt(int at, String expected, Object found) {
        return new CorruptBitstreamException("slice", at, expected, String.valueOf(found));
    }
}
