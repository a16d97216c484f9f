package dev.tandem.entropy;

import java.util.zip.CRC32C;

/** The check sum at a slice's end (docs/bitstream.md, section 6): CRC-32C of all before it, little-endian. */
public final class SliceSeal {
    /** Bytes of the check sum. */
    public static final int BYTES = 4;

    private static final int MOST_BYTES = 65_535;

    private SliceSeal() {
    }

    /** Writes the check sum over the last bytes of a slice that is whole but for it. */
    public static void put(byte[] slice, CRC32C crc) {
        int sum = sum(slice, crc);
        for (int i = 0; i < BYTES; i++) {
            slice[slice.length - BYTES + i] = (byte) (sum >>> 8 * i);
        }
    }

    /**
     * Checks size and check sum.
     *
     * @param least bytes that a slice has at least: header, a stream's 8, the check sum
     * @param crc for this call's use
     * @return where the stream ends
     * @throws CorruptBitstreamException if one is wrong
     */
    public static int check(byte[] slice, int least, CRC32C crc) {
        if (slice.length < least || slice.length > MOST_BYTES) {
            throw corrupt(0, least + ".." + MOST_BYTES + " bytes", String.valueOf(slice.length));
        }
        int end = slice.length - BYTES;
        int found = 0;
        for (int i = 0; i < BYTES; i++) {
            found |= (slice[end + i] & 0xFF) << 8 * i;
        }
        int right = sum(slice, crc);
        if (found != right) {
            throw corrupt(end, "CRC-32C 0x" + Integer.toHexString(right), "0x" + Integer.toHexString(found));
        }
        return end;
    }

    private static int sum(byte[] slice, CRC32C crc) {
        crc.reset();
        crc.update(slice, 0, slice.length - BYTES);
        return (int) crc.getValue();
    }

    private static CorruptBitstreamException corrupt(int at, String expected, String found) {
        return new CorruptBitstreamException("slice", at, expected, found);
    }
}
