package dev.tandem.method;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The frame of slices that are not entropy coded: a kind byte first, CRC-32C last (docs/bitstream.md section 11). */
public final class PlainSlice {
    /** Bytes of the check at the end. */
    public static final int CRC_BYTES = 4;

    private PlainSlice() {
    }

    /** A little-endian buffer of {@code bytes} plus the check, its first byte the kind; fill it, then {@link #seal}. */
    public static ByteBuffer start(byte kind, int bytes) {
        return ByteBuffer.allocate(bytes + CRC_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(kind);
    }

    /** Writes the check behind what was put; the buffer must be full but for it. */
    public static byte[] seal(ByteBuffer slice) {
        slice.putInt(crc(slice.array(), slice.position()));
        return slice.array();
    }

    /**
     * Checks kind and CRC.
     *
     * @param header least bytes between the kind byte and the check
     * @return little-endian, from after the kind byte to before the check
     * @throws CorruptBitstreamException if the slice is short, of another kind, or damaged
     */
    public static ByteBuffer open(byte[] slice, byte kind, int header) {
        int end = slice.length - CRC_BYTES;
        if (end < 1 + header) {
            throw new CorruptBitstreamException("slice", slice.length, (1 + header + CRC_BYTES) + " bytes or more",
                    slice.length + " bytes");
        }
        if (slice[0] != kind) {
            throw new CorruptBitstreamException("slice", 0, "kind " + kind, String.valueOf(slice[0]));
        }
        ByteBuffer buffer = ByteBuffer.wrap(slice).order(ByteOrder.LITTLE_ENDIAN);
        int found = buffer.getInt(end);
        int expected = crc(slice, end);
        if (found != expected) {
            throw new CorruptBitstreamException("slice", end, String.format(Locale.ROOT, "CRC-32C %08x", expected),
                    String.format(Locale.ROOT, "%08x", found));
        }
        return buffer.position(1).limit(end);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
