package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.Failures;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo where nobody names a method. */
class AllMethodsDemoTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutArgumentsEveryMethodIsShownWhosePackIsThere() throws IOException {
        copy("tiny-vqa", "tiny-vqa"); // which the other shares files with
        copy("tiny-patches", "smol-vqa");
        copy("tiny-bottleneck", "nette-bottleneck");
        String home = System.getProperty("tandem.home");
        System.setProperty("tandem.home", folder.toString());
        try {
            assertEquals(0, new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                    .setExecutionExceptionHandler(new Failures())
                    .execute("--threads", "1", "--uplink", "0", "--out", folder.resolve("drawn").toString()),
                    err.toString());
        } finally {
            if (home == null) {
                System.clearProperty("tandem.home");
            } else {
                System.setProperty("tandem.home", home);
            }
        }
        String said = out.toString();
        assertTrue(said.indexOf("=== patches, by the pack") >= 0
                && said.indexOf("=== bottleneck, by the pack") > said.indexOf("=== patches"), said);
        assertTrue(!said.contains("=== tofc") && !said.contains("=== squeeze"), said);
        assertTrue(Files.isDirectory(folder.resolve("drawn/bottleneck")), said);
    }

    private void copy(String pack, String name) throws IOException {
        Path to = folder.resolve("models").resolve(name);
        Path from = TinyPack.named(pack);
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path at = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(at);
                } else {
                    Files.copy(file, at);
                }
            }
        }
    }
}
