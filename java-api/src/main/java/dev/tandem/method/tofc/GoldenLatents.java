package dev.tandem.method.tofc;

import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.pack.Pack;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The merged tokens of a codec vector with their experts and hyper-latents, from the pack's files (docs/pack.md). */
final class GoldenLatents {
    private GoldenLatents() {
    }

    /** Reads one vector. */
    static TokenLatents read(TofcSection section, TofcVector vector) {
        return TokenLatents.of(floats(bytes(section.pack(), vector.tokens())), section.fields().tokenWidth(),
                longs(bytes(section.pack(), vector.expert())), floats(bytes(section.pack(), vector.z())));
    }

    private static ByteBuffer bytes(Pack pack, String path) {
        return ByteBuffer.wrap(pack.bytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(ByteBuffer bytes) {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static long[] longs(ByteBuffer bytes) {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }
}
