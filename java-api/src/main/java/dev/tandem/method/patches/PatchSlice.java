package dev.tandem.method.patches;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import java.nio.ByteBuffer;

/**
 * Some patches (docs/bitstream.md, section 12.2). The arrays are not copied.
 *
 * @param positions places in the picture, rising strictly
 * @param payload   by the map's code, from position to limit
 */
record PatchSlice(int[] positions, ByteBuffer payload) {
    private static final byte KIND = 'p';

    static byte[] write(int[] positions, byte[] payload) {
        ByteBuffer slice = PlainSlice.start(KIND, 2 + positions.length + payload.length);
        slice.put((byte) (positions.length - 1));
        for (int position : positions) {
            slice.put((byte) position);
        }
        return PlainSlice.seal(slice.put(payload));
    }

    /**
     * Reads what is around the payload, which is not looked at.
     *
     * @throws CorruptBitstreamException for anything that is no such slice
     */
    static PatchSlice read(byte[] slice) {
        ByteBuffer in = PlainSlice.open(slice, KIND, 1);
        int count = (in.get() & 0xff) + 1;
        if (in.remaining() < count) {
            throw new CorruptBitstreamException("slice of patches", 2, count + " places", in.remaining() + " bytes");
        }
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = in.get() & 0xff;
            if (i > 0 && positions[i] <= positions[i - 1]) {
                throw new CorruptBitstreamException("slice of patches", in.position(), "places that rise",
                        positions[i - 1] + ", " + positions[i]);
            }
        }
        return new PatchSlice(positions, in);
    }
}
