package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole evaluation on the random pack: its answers mean nothing, its bookkeeping must be right. */
class EvalCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter screen = new StringWriter();

    @Test
    void measuresEveryWayAndGoesOnAfterAKill() throws IOException {
        Path data = TinyData.write(folder.resolve("data"), 3);
        Path out = folder.resolve("out");
        String tofc = pointOfTinyPack();
        String points = "raw,merged:16," + tofc + ",jpeg:10,jpeg:10@16,avif:20";
        Path precoded = precode(data);
        assertEquals(0, run(data, out, points, "--precoded", precoded.toString()));
        JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
        assertEquals(6, results.path("questions").asInt());
        assertEquals(3, results.path("pictures").asInt());
        // 256 tokens of the pack's width in 16-bit floats, and headers.
        assertTrue(
                point(results, "raw").path("bytes").asDouble() > point(results, "merged:16").path("bytes").asDouble());
        assertEquals(256, point(results, "raw").path("tokens").asDouble());
        assertEquals(16, point(results, "merged:16").path("tokens").asDouble());
        assertEquals(16, point(results, "jpeg:10@16").path("tokens").asDouble());
        assertEquals(point(results, "jpeg:10").path("bytes"), point(results, "jpeg:10@16").path("bytes"));
        // Two slices, each with 9 bytes of its own and a frame header of 12.
        assertEquals(1234 + 2 * 21, point(results, "avif:20").path("bytes").asDouble());
        assertTrue(Files.readString(out.resolve("results.md")).contains("yesno (3)"));

        // Kill after the second line of one point: only its other four questions are asked again, with the same answers.
        Path log = out.resolve(EvalPoint.parse(tofc).fileName() + ".jsonl");
        List<String> before = Files.readAllLines(log);
        Files.writeString(log, before.get(0) + "\n" + before.get(1) + "\n" + before.get(2).substring(0, 20));
        assertEquals(2, run(data, out, points, "--precoded", precoded.toString()));
        assertEquals(0, run(data, out, points, "--precoded", precoded.toString(), "--resume"));
        List<String> after = Files.readAllLines(log);
        assertEquals(before.subList(0, 2), after.subList(0, 2));
        for (int line = 0; line < 6; line++) {
            JsonNode one = new ObjectMapper().readTree(before.get(line));
            JsonNode two = new ObjectMapper().readTree(after.get(line));
            for (String field : List.of("row", "said", "right", "wireBytes", "tokens")) {
                assertEquals(one.path(field), two.path(field), field);
            }
        }
    }

    @Test
    void refusesPointsBeforeItStarts() throws IOException {
        Path data = TinyData.write(folder.resolve("data"), 1);
        Path out = folder.resolve("out");
        assertEquals(65, run(data, out, "nosuchpoint"));
        assertEquals(2, run(data, out, "avif:20"));
        assertFalse(Files.exists(out));
    }

    private static JsonNode point(JsonNode results, String name) {
        for (JsonNode point : results.path("points")) {
            if (point.path("name").asText().equals(name)) {
                return point;
            }
        }
        throw new AssertionError("no point " + name + " in " + results);
    }

    private static String pointOfTinyPack() throws IOException {
        return new ObjectMapper().readTree(TinyPack.folder().resolve("pack.json").toFile())
                .path("defaultOperatingPoint")
                .asText();
    }

    /** As training/precode.py writes it; the "decoded" pictures are the pictures themselves. */
    private Path precode(Path data) throws IOException {
        Path precoded = Files.createDirectories(folder.resolve("precoded"));
        StringBuilder index = new StringBuilder("image\tcodec\tquality\tbytes\tdecoded\n");
        for (int n = 0; n < 3; n++) {
            Files.copy(data.resolve("test/p" + n + ".png"), precoded.resolve("p" + n + ".png"));
            index.append("p%d.png\tavif\t20\t1234\tp%d.png\n".formatted(n, n));
        }
        Files.writeString(precoded.resolve("index.tsv"), index);
        return precoded;
    }

    private int run(Path data, Path out, String points, String... more) {
        CommandLine line = new CommandLine(new EvalCommand());
        line.setOut(new PrintWriter(screen));
        line.setErr(new PrintWriter(screen));
        line.setExecutionExceptionHandler(new dev.tandem.command.Failures());
        List<String> arguments = new java.util.ArrayList<>(List.of("--pack", TinyPack.folder().toString(), "--data",
                data.toString(), "--out", out.toString(), "--points", points, "--quiet", "--max-words", "4"));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }
}
