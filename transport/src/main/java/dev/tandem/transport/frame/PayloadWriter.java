package dev.tandem.transport.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields of one payload in order. A text that is longer than its length field can say is the caller's
 * mistake.
 */
final class PayloadWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    PayloadWriter u8(int value) {
        return little(value, 1);
    }

    PayloadWriter u16(int value) {
        return little(value, 2);
    }

    PayloadWriter u32(int value) {
        return little(value, 4);
    }

    PayloadWriter u64(long value) {
        return little(value, 8);
    }

    PayloadWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    PayloadWriter str8(String value) {
        return text(value, 1);
    }

    PayloadWriter str16(String value) {
        return text(value, 2);
    }

    byte[] done() {
        return out.toByteArray();
    }

    private PayloadWriter text(String value, int lengthBytes) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int max = (1 << 8 * lengthBytes) - 1;
        if (utf8.length > max) {
            throw new IllegalArgumentException("text of [" + utf8.length + "] bytes, needed at most " + max);
        }
        return little(utf8.length, lengthBytes).bytes(utf8);
    }

    private PayloadWriter little(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> 8 * i));
        }
        return this;
    }
}
