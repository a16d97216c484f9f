package dev.tandem.entropy;

/**
 * The few bytes in front of a slice's stream (docs/bitstream.md, section 6): version, operating point, then first rank, token count and total as varints of one or two bytes.
 *
 * @param operatingPoint 0..255
 * @param firstRank rank of the first token held
 * @param count tokens held, at least 1
 * @param total tokens of the picture, at least firstRank + count and at most {@value #MAX_TOKENS}
 */
record SliceHeader(int operatingPoint, int firstRank, int count, int total) {
    static final int VERSION = 1;

    /** More tokens than any picture has; bounds what a decoder allocates. */
    static final int MAX_TOKENS = 4096;

    /** Version, operating point, three varints. */
    static final int LEAST_BYTES = 5;

    int bytes() {
        return 2 + varintBytes(firstRank) + varintBytes(count) + varintBytes(total);
    }

    void write(byte[] slice) {
        slice[0] = VERSION;
        slice[1] = (byte) operatingPoint;
        int at = varint(slice, 2, firstRank);
        at = varint(slice, at, count);
        varint(slice, at, total);
    }

    /** Reads the header of a slice whose check sum is right and whose length is at least a header and a stream. */
    static SliceHeader read(byte[] slice) {
        if (slice[0] != VERSION) {
            throw corrupt(0, "slice version " + VERSION, slice[0] & 0xFF);
        }
        int firstRank = varint(slice, 2);
        int countAt = 2 + varintBytes(firstRank);
        int count = varint(slice, countAt);
        SliceHeader header = new SliceHeader(slice[1] & 0xFF, firstRank, count,
                varint(slice, countAt + varintBytes(count)));
        if (header.count < 1 || header.total > MAX_TOKENS || header.firstRank + header.count > header.total) {
            throw corrupt(2, "1 or more tokens that end within a total of at most " + MAX_TOKENS, header);
        }
        return header;
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
