package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;

/**
 * Patches as they are.
 *
 * @param bytes of a patch
 */
public record RgbCode(int bytes) implements PatchCode {
    @Override
    public Payloads coded(byte[][] patches) {
        return which -> {
            ByteBuffer payload = ByteBuffer.allocate(which.length * bytes);
            for (int patch : which) {
                payload.put(patches[patch]);
            }
            return payload.array();
        };
    }

    @Override
    public byte[][] decode(ByteBuffer payload, int count) {
        if (payload.remaining() != (long) count * bytes) {
            throw new CorruptBitstreamException("patches", 0, count + " patches of " + bytes + " bytes",
                    payload.remaining() + " bytes");
        }
        ByteBuffer in = payload.slice();
        byte[][] patches = new byte[count][bytes];
        for (byte[] patch : patches) {
            in.get(patch);
        }
        return patches;
    }
}
