package dev.tandem.hil.lab.sharing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What an edge has written to its log so far. Any thread. */
final class EdgeLog {
    private static final int LINE_END = '\n';
    private static final int DELETE = 0x7F;

    private final Path file;

    EdgeLog(Path file) {
        this.file = file;
    }

    /** Lines. */
    long lines() throws IOException {
        long lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int each = in.read(); each >= 0; each = in.read()) {
                lines += each == LINE_END ? 1 : 0;
            }
        }
        return lines;
    }

    /** Control characters in it, line ends and the tabs before the frames of a stack trace not counted. */
    long controlCharacters() throws IOException {
        long found = 0;
        int before = LINE_END;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int each = in.read(); each >= 0; each = in.read()) {
                boolean plain = each == LINE_END || each == '\t' && before == LINE_END;
                boolean second = before == 0xC2 && each >= 0x80 && each < 0xA0; // U+0080 to U+009F
                found += !plain && each < ' ' || each == DELETE || second ? 1 : 0;
                before = each;
            }
        }
        return found;
    }

    /** Lines that begin with this: ones that an attacker has written. */
    long linesThatBeginWith(String words) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(words)).count();
        }
    }
}
