package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.entropy.Varint;

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

    /** A header, a stream of no operations, the check sum. */
    static final int LEAST_SLICE = LEAST_BYTES + 8 + SliceSeal.BYTES;

    private SliceHeader() {
    }

    static int bytes(int firstRank, int count, int total) {
        return 2 + Varint.bytes(firstRank) + Varint.bytes(count) + Varint.bytes(total);
    }

    static void write(byte[] slice, int operatingPoint, int firstRank, int count, int total) {
        slice[0] = VERSION;
        slice[1] = (byte) operatingPoint;
        int at = Varint.write(slice, 2, firstRank);
        at = Varint.write(slice, at, count);
        Varint.write(slice, at, total);
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
        int firstRank = Varint.read(slice, 2);
        int countAt = 2 + Varint.bytes(firstRank);
        int count = Varint.read(slice, countAt);
        int total = Varint.read(slice, countAt + Varint.bytes(count));
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

    private static CorruptBitstreamException corrupt(int at, String expected, Object found) {
        return new CorruptBitstreamException("slice", at, expected, String.valueOf(found));
    }
}
