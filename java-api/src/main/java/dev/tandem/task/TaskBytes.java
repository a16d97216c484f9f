package dev.tandem.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads little-endian fields of a body, strictly. */
final class TaskBytes {
    private final String what;
    private final ByteBuffer in;

    TaskBytes(String what, byte[] body) {
        this.what = what;
        in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8() {
        need(Byte.BYTES);
        return in.get() & 0xFF;
    }

    int u16() {
        need(Short.BYTES);
        return in.getShort() & 0xFFFF;
    }

    float f32() {
        need(Float.BYTES);
        return in.getFloat();
    }

    String str8() {
        return text(u8());
    }

    /** Everything that is left, as text. */
    String rest() {
        return text(in.remaining());
    }

    /** Everything that is left. */
    byte[] restBytes() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new MalformedTaskException("reading " + what + ": [" + in.remaining()
                    + "] bytes too many behind its fields");
        }
    }

    private String text(int bytes) {
        need(bytes);
        ByteBuffer slice = in.slice(in.position(), bytes);
        in.position(in.position() + bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTaskException("reading " + what + ": a text that is not UTF-8", e);
        }
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedTaskException("reading " + what + ": [" + in.remaining() + "] bytes left, needed "
                    + bytes);
        }
    }

    static void range(String field, int found, int least, int most) {
        require(found >= least && found <= most, field + " of [" + found + "]; needed " + least + " to " + most);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
