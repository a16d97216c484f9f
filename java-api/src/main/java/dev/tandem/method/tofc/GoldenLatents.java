package dev.tandem.method.tofc;

import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;

/** The merged tokens of a codec vector with their experts and hyper-latents, from the pack's files (docs/pack.md). */
public final class GoldenLatents {
    private GoldenLatents() {
    }

    /** Reads one vector. */
    public static TokenLatents read(Pack pack, GoldenVector.OfCodec vector) throws IOException {
        return TokenLatents.of(floats(bytes(pack, vector.tokens())), pack.manifest().codec().tokenWidth(),
                longs(bytes(pack, vector.expert())), floats(bytes(pack, vector.z())));
    }

    private static ByteBuffer bytes(Pack pack, String path) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(pack.file(path))).order(ByteOrder.LITTLE_ENDIAN);
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
