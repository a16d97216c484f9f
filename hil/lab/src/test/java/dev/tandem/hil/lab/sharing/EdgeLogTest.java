package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeLogTest {
    @TempDir
    private Path folder;

    private EdgeLog log(String text) throws IOException {
        return new EdgeLog(Files.writeString(folder.resolve("log"), text, StandardCharsets.UTF_8));
    }

    @Test
    void countsLinesAndThoseOfOthers() throws IOException {
        EdgeLog log = log("10:00 WARN one\nFORGED two\n10:00 WARN FORGED three\nFORGED four\n");
        assertEquals(4, log.lines());
        assertEquals(2, log.linesThatBeginWith("FORGED"));
    }

    @Test
    void lineEndsAndStackTracesAreNoControlCharacters() throws IOException {
        assertEquals(0, log("10:00 WARN caf\u00E9 \u20AC failed\n\tat a.B.c\n").controlCharacters());
    }

    @Test
    void everyOtherControlCharacterCounts() throws IOException {
        assertEquals(5, log("a\u001B[31m b\r c\td \u007F \u009B31m\n").controlCharacters());
    }
}
