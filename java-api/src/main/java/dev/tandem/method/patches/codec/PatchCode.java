package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;

/**
 * One way to code patches, with its numbers. A patch is 3 * side * side bytes: rows of interleaved RGB. Immutable; any
 * thread.
 */
public interface PatchCode {
    /** Patches of one picture, looked at once, from which any run can be coded. */
    Payloads coded(byte[][] patches);

    /**
     * Decodes a payload.
     *
     * @param payload exactly one, from position to limit; only read
     * @param count   patches that it holds, at least 1
     * @return [count] patches, fresh arrays
     * @throws CorruptBitstreamException for anything that is not exactly so many patches
     */
    byte[][] decode(ByteBuffer payload, int count);

    /** Codes some of a picture's patches together. */
    interface Payloads {
        /** The payload of the patches of these indices, in this order; a fresh array. */
        byte[] of(int[] which);
    }
}
