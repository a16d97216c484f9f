package dev.tandem.method.image;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.SliceLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A picture file cut into slices, all of which are needed (docs/pack.md section 8.2). */
final class ImageSlices {
    static final byte KIND = 'i';
    private static final int HEADER = 2 + 2;
    private static final int MAX_SLICES = 0xffff;

    private ImageSlices() {
    }

    static List<byte[]> write(byte[] file, SliceLimits limits) {
        int fit = limits.payloadBytes() - 1 - HEADER - PlainSlice.CRC_BYTES;
        int each = Math.min(fit, Math.max(1, file.length / limits.minSlices()));
        int count = (file.length + each - 1) / each;
        if (count > MAX_SLICES) {
            throw new IllegalArgumentException("cutting a picture of [" + file.length + "] bytes into [" + count
                    + "] slices; needed at most " + MAX_SLICES + ": raise the slice limit or lower the quality");
        }
        List<byte[]> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int bytes = Math.min(each, file.length - i * each);
            ByteBuffer slice = PlainSlice.start(KIND, 1 + HEADER + bytes);
            slice.putShort((short) i).putShort((short) count).put(file, i * each, bytes);
            slices.add(PlainSlice.seal(slice));
        }
        return slices;
    }

    /** The file again, from its slices in any order. */
    static byte[] read(List<byte[]> slices) {
        ByteBuffer[] parts = null;
        int missing = 0;
        for (byte[] slice : slices) {
            ByteBuffer part = PlainSlice.open(slice, KIND, HEADER);
            int index = part.getShort() & 0xffff;
            int count = part.getShort() & 0xffff;
            if (parts == null && index < count) {
                parts = new ByteBuffer[count];
                missing = count;
            }
            if (index >= count || parts.length != count) {
                throw new CorruptBitstreamException("slice", 1, "an index below the count that all slices share",
                        index + " of " + count);
            }
            if (parts[index] == null) {
                missing--;
                parts[index] = part;
            }
        }
        if (parts == null || missing > 0) {
            throw new CorruptBitstreamException("picture", 0, "all slices, since a picture is decoded whole",
                    missing + " missing");
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            file.write(part.array(), part.position(), part.remaining());
        }
        return file.toByteArray();
    }
}
