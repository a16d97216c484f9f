package dev.tandem.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChecksTest {
    private static final Instant BUILT = Instant.parse("2027-03-01T12:00:00Z");

    private static void finding(Finding.State state, Finding found, String... words) {
        assertEquals(state, found.state(), found.words());
        for (String word : words) {
            assertTrue(found.words().contains(word), found.words());
        }
    }

    @Test
    void aFolderIsTriedByRunningSomethingInIt(@TempDir Path folder) throws IOException {
        finding(Finding.State.OK, SystemChecks.folder("home", folder), folder.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
        finding(Finding.State.NOTE, SystemChecks.folder("home", folder.resolve("none")), "cannot be written",
                "-Djava.io.tmpdir=DIR");
        finding(Finding.State.NOTE, SystemChecks.folder("home", Path.of("/proc")), "cannot be written");
    }

    @Test
    void aCharsetThatLosesLettersIsNamed() {
        finding(Finding.State.OK, SystemChecks.locale("UTF-8"));
        finding(Finding.State.NOTE, SystemChecks.locale("ANSI_X3.4-1968"), "ANSI_X3.4-1968", "LC_ALL=C.UTF-8");
    }

    @Test
    void limitsOfMemoryAreNamed() {
        long gib = 1L << 30;
        String free = "Max address space         unlimited            unlimited            bytes     \n";
        finding(Finding.State.OK, SystemChecks.memory(8 * gib, 8 * gib, free), "8192 MiB");
        finding(Finding.State.NOTE, SystemChecks.memory(8 * gib, gib, free), "1024 MiB of 8192", "cgroup");
        finding(Finding.State.NOTE, SystemChecks.memory(8 * gib, 8 * gib,
                "Max cpu time unlimited\nMax address space         1073741824           unlimited            bytes\n"),
                "limited to 1024 MiB (ulimit -v)");
        finding(Finding.State.OK, SystemChecks.memory(0, gib, ""), "1024 MiB");
    }

    @Test
    void aClockThatIsFarOffIsAFault() {
        finding(Finding.State.OK, SystemChecks.clock(BUILT.minus(Duration.ofHours(20)), BUILT));
        finding(Finding.State.OK, SystemChecks.clock(BUILT.plus(Duration.ofDays(4_000)), BUILT));
        finding(Finding.State.FAULT, SystemChecks.clock(Instant.ofEpochSecond(90), BUILT), "1970-01-01", "timedatectl");
        finding(Finding.State.FAULT, SystemChecks.clock(BUILT.minus(Duration.ofDays(2)), BUILT), "before");
        finding(Finding.State.FAULT, SystemChecks.clock(Instant.EPOCH, Instant.EPOCH), "before");
        finding(Finding.State.FAULT, SystemChecks.clock(Instant.parse("2099-01-01T00:00:00Z"), BUILT), "expired");
    }
}
