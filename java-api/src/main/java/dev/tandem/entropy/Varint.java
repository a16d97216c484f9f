package dev.tandem.entropy;

/** The short numbers of slice headers (docs/bitstream.md, section 6): one byte for 0..127, two for 128..16383. */
public final class Varint {
    /** The greatest one. */
    public static final int MOST = (1 << 14) - 1;

    private static final int ONE_BYTE = 128;

    private Varint() {
    }

    /**
     * The number at a place of a slice, which must have two bytes from there on.
     *
     * @throws CorruptBitstreamException for a second byte outside 1..127
     */
    public static int read(byte[] slice, int at) {
        int low = slice[at];
        if (low >= 0) {
            return low;
        }
        if (slice[at + 1] <= 0) {
            throw new CorruptBitstreamException("slice", at + 1, "the second byte of a varint in 1..127",
                    String.valueOf(slice[at + 1]));
        }
        return low & 127 | slice[at + 1] << 7;
    }

    /** Bytes that a number takes. */
    public static int bytes(int value) {
        return value < ONE_BYTE ? 1 : 2;
    }

    /** Writes a number of 0..{@value #MOST}; gives the place behind it. */
    public static int write(byte[] to, int at, int value) {
        if (value < ONE_BYTE) {
            to[at] = (byte) value;
            return at + 1;
        }
        to[at] = (byte) (value | ONE_BYTE);
        to[at + 1] = (byte) (value >>> 7);
        return at + 2;
    }
}
