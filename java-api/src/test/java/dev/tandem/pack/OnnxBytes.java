package dev.tandem.pack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of ONNX models, as much of them as a test needs (onnx.proto3). */
final class OnnxBytes {
    private OnnxBytes() {
    }

    /** A model with the name of who made it, and nothing in it. */
    static byte[] named(String producer) {
        return join(number(1, 8), text(2, producer));
    }

    /** A model whose graph is that. */
    static byte[] model(byte[] graph) {
        return join(named("test"), field(7, graph));
    }

    /** A tensor that says it lies in a file. */
    static byte[] outside(String location) {
        byte[] entry = join(text(1, "location"), text(2, location));
        byte[] offset = join(text(1, "offset"), text(2, "0"));
        return join(number(1, 4), number(2, 1), text(8, "weight"), field(13, offset), field(13, entry), number(14, 1));
    }

    /** A tensor with its weights inside. */
    static byte[] inside(int bytes) {
        return join(number(1, bytes), number(2, 3), text(8, "w"), field(9, new byte[bytes]));
    }

    static byte[] number(int field, int value) {
        return join(varint(field << 3), varint(value));
    }

    static byte[] text(int field, String value) {
        return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] field(int field, byte[] value) {
        return join(varint(field << 3 | 2), varint(value.length), value);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int left = value;
        while (left > 127) {
            bytes.write(left & 127 | 128);
            left >>>= 7;
        }
        bytes.write(left);
        return bytes.toByteArray();
    }
}
