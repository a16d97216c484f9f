package dev.tandem.method.image;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A picture file cut into slices, all of which are needed (docs/bitstream.md section 11). One picture, one thread. */
final class ImageSlices {
    static final byte KIND = 'i';
    private static final int MAX_SLICES = 0xffff;

    private final ByteBuffer[] parts;
    private int missing;
    private long bytes;

    /** For a picture of so many slices. */
    ImageSlices(int count) {
        parts = new ByteBuffer[count];
        missing = count;
    }

    static List<byte[]> write(byte[] file, SliceLimits limits) {
        int fit = limits.payloadBytes() - 1 - PlainSlice.CRC_BYTES;
        int each = Math.min(fit, Math.max(1, file.length / limits.minSlices()));
        int count = (file.length + each - 1) / each;
        if (count > MAX_SLICES) {
            throw new IllegalArgumentException("cutting a picture of [" + file.length + "] bytes into [" + count
                    + "] slices; needed at most " + MAX_SLICES + ": raise the slice limit or lower the quality");
        }
        List<byte[]> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int bytes = Math.min(each, file.length - i * each);
            slices.add(PlainSlice.seal(PlainSlice.start(KIND, 1 + bytes).put(file, i * each, bytes)));
        }
        return slices;
    }

    /** Takes one slice; the same index again is dropped. */
    void take(Slice slice) {
        if (slice.tile() != 0 || slice.index() >= parts.length) {
            throw new CorruptBitstreamException("slice", 0, "an index below " + parts.length + " in tile 0",
                    "index " + slice.index() + " in tile " + slice.tile());
        }
        ByteBuffer part = PlainSlice.open(slice.bytes(), KIND, 0);
        if (parts[slice.index()] == null) {
            missing--;
            bytes += part.remaining();
            parts[slice.index()] = part;
        }
    }

    boolean complete() {
        return missing == 0;
    }

    /** Of the parts that are here. */
    long bytes() {
        return bytes;
    }

    int missing() {
        return missing;
    }

    /** The file, once complete. */
    byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            file.write(part.array(), part.position(), part.remaining());
        }
        return file.toByteArray();
    }
}
