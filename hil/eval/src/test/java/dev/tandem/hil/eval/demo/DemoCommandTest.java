package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new Failures()).execute(arguments);
    }

    @Test
    void aPictureIsAskedAboutOverTheLink() throws IOException {
        Path picture = TinyData.write(folder, 1).resolve("test/p0.png");
        assertEquals(0,
                run("--pack", TinyPack.folder().toString(), "--image", picture.toString(), "--ask", "What?", "--ask",
                        "Where?", "--uplink", "0", "--threads", "1", "--json"),
                err.toString());
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.size() >= 2, out.toString());
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertEquals("p0.png", first.path("picture").asText());
        assertEquals("What?", first.path("question").asText());
        assertTrue(first.path("bytes").asLong() > 0 && first.path("jpegBytes").asLong() > 0, lines.getFirst());
        assertEquals(first.path("bytes"), new ObjectMapper().readTree(lines.get(1)).path("bytes"));
        assertTrue(err.toString().contains("TLS 1.3 both ways"), err.toString());
    }

    @Test
    void whatCannotBeIsSaidBeforeAnEdgeIsStarted() {
        String pack = TinyPack.folder().toString();
        assertEquals(ExitCodes.USAGE, run("--pack", pack, "--ask", "What?"));
        assertEquals(ExitCodes.NO_INPUT, run("--pack", pack, "--image", folder.resolve("none.png").toString()));
        assertEquals(ExitCodes.USAGE, run("--pack", pack, "--link", "lti"));
        assertEquals(ExitCodes.NO_INPUT, run("--pack", folder.toString()));
        assertTrue(!err.toString().contains("starting the edge"), err.toString());
    }

    @Test
    void theBundledPicturesAreThereWithTheirQuestions() throws IOException {
        List<Shot> shots = Shot.bundled();
        assertTrue(shots.size() >= 4);
        assertEquals(List.of(224, 224), List.of(shots.getLast().image().width(), shots.getLast().image().height()));
        shots.forEach(shot -> assertTrue(!shot.questions().isEmpty(), shot.name()));
    }

    @Test
    void theQualityOfEqualWorthIsReadOrAssumed() throws IOException {
        assertEquals(new EqualAccuracy(10, "assumed, not measured for this pack"), EqualAccuracy.read(folder, "mine"));
        Path results = Files.createDirectories(folder.resolve("docs/results"));
        Files.writeString(results.resolve("equal-accuracy.json"),
                "{\"mine\": {\"jpegQuality\": 30, \"source\": \"docs/results/mine.md\"}, \"odd\": {\"jpegQuality\": \"x\"}}");
        assertEquals(new EqualAccuracy(30, "docs/results/mine.md"), EqualAccuracy.read(folder, "mine"));
        assertEquals(10, EqualAccuracy.read(folder, "odd").jpegQuality());
        assertEquals(10, EqualAccuracy.read(folder, "other").jpegQuality());
    }
}
