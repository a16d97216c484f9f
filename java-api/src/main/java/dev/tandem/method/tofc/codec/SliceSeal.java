package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import java.util.zip.CRC32C;

/** The check sum at a slice's end (docs/bitstream.md, section 6): CRC-32C of all before it, little-endian. */
final class SliceSeal {
    static final int BYTES = 4;
    private static final int MOST_BYTES = 65_535;
    private static final int LEAST_BYTES = SliceHeader.LEAST_BYTES + 8 + BYTES;

    private SliceSeal() {
    }

    /** Writes the check sum over the last bytes of a slice that is whole but for it. */
    static void put(byte[] slice, CRC32C crc) {
        int sum = sum(slice, crc);
        for (int i = 0; i < BYTES; i++) {
            slice[slice.length - BYTES + i] = (byte) (sum >>> 8 * i);
        }
    }

    /**
     * Checks size and check sum.
     *
     * @return where the stream ends
     * @throws CorruptBitstreamException if one is wrong
     */
    static int check(byte[] slice, CRC32C crc) {
        if (slice.length < LEAST_BYTES || slice.length > MOST_BYTES) {
            throw corrupt(0, LEAST_BYTES + ".." + MOST_BYTES + " bytes", String.valueOf(slice.length));
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
