package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text of a file that must be UTF-8: read as it is, or refused where it is not. */
final class Utf8 {
    private static final int PIECE = 1 << 16;

    private Utf8() {
    }

    /**
     * Without a byte order mark.
     *
     * @throws CommandFailedException with the line and the byte for what is no UTF-8
     */
    static String text(String name, byte[] bytes) {
        int wrong = firstWrong(bytes);
        if (wrong >= 0) {
            boolean wide = bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF
                    && Math.abs((bytes[0] & 0xFF) - (bytes[1] & 0xFF)) == 1;
            throw new CommandFailedException(ExitCodes.DATA,
                    "reading " + name + ": line " + line(bytes, wrong) + ", byte " + (wrong + 1) + " of the file, is ["
                            + "0x" + Integer.toHexString(bytes[wrong] & 0xFF) + "], which is no UTF-8"
                            + (wide ? " (the file is UTF-16)" : "") + "; save the table as UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Where the first sequence begins that is no UTF-8; -1 where there is none. */
    private static int firstWrong(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
