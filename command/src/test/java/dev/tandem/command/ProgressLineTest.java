package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    private ProgressLine line(boolean terminal, boolean quiet) {
        return new ProgressLine(new PrintStream(out, true, StandardCharsets.UTF_8), terminal, quiet, now::get);
    }

    private void after(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysHowLongItStillTakes() {
        ProgressLine line = line(false, false);
        line.start(100);
        after(Duration.ofSeconds(60));
        line.step("c16");
        assertTrue(said().startsWith("1 of 100 (1.0 %), 0.0 a second, 1 h 39 min left, at c16"), said());
    }

    @Test
    void elsewhereThanOnATerminalItSpeaksSeldom() {
        ProgressLine line = line(false, false);
        line.start(100);
        for (int step = 0; step < 60; step++) {
            after(Duration.ofSeconds(1));
            line.step("x");
        }
        line.end();
        assertEquals(2, said().lines().count(), said());
    }

    @Test
    void onATerminalOneLineIsRewrittenAndCleared() {
        ProgressLine line = line(true, false);
        line.start(10);
        for (int step = 0; step < 3; step++) {
            after(Duration.ofSeconds(1));
            line.step("x");
        }
        line.end();
        assertEquals(1, said().lines().filter(one -> one.contains("3 of 10")).count(), said());
        assertTrue(said().endsWith("\r\033[K") && !said().contains("\n"), said());
    }

    @Test
    void quietMeansNothing() {
        ProgressLine line = line(true, true);
        line.start(1);
        after(Duration.ofHours(1));
        line.step("x");
        line.end();
        assertEquals("", said());
    }

    @Test
    void timesAreForPeople() {
        assertEquals("2 h 05 min", ProgressLine.words(Duration.ofMinutes(125)));
        assertEquals("4 min 05 s", ProgressLine.words(Duration.ofSeconds(245)));
        assertEquals("9 s", ProgressLine.words(Duration.ofSeconds(9)));
    }
}
