package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
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
        String trained = PackMethods.of(Pack.open(TinyPack.folder())).defaultPoint().name();
        String points = "raw,raw-c16," + trained + ",jpeg-q10,jpeg-q10-c16,webp-q10-48-c16,avif-q20";
        Path precoded = precode(data);
        assertEquals(0, run(data, out, points, "--precoded", precoded.toString(), "--control", "wrong-picture"));
        JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
        assertEquals(6, results.path("questions").asInt());
        assertEquals(3, results.path("pictures").asInt());
        // 256 tokens of the pack's width in 16-bit floats, and headers.
        assertTrue(
                point(results, "raw").path("bytes").asDouble() > point(results, "raw-c16").path("bytes").asDouble());
        assertEquals(256, point(results, "raw").path("units").asDouble());
        assertEquals(16, point(results, "raw-c16").path("units").asDouble());
        assertEquals(16, point(results, "jpeg-q10-c16").path("units").asDouble());
        assertEquals(point(results, "jpeg-q10").path("bytes"), point(results, "jpeg-q10-c16").path("bytes"));
        // Two slices, each with 5 bytes of its own and a frame header of 12.
        assertEquals(1234 + 2 * 17, point(results, "avif-q20").path("bytes").asDouble());
        String words = Files.readString(out.resolve("results.md"));
        assertTrue(words.contains("yesno (3)") && words.contains("raw, wrong picture")
                && words.contains("commonest answer of each kind") && words.contains("known bytes off"), words);
        assertTrue(point(results, "jpeg-q10").path("cost").path("known").asDouble() > 100);
        assertTrue(point(results, "raw").path("cost").path("known").isNull());
        assertTrue(point(results, "webp-q10-48-c16").path("bytes").asDouble() < point(results, "jpeg-q10-c16")
                .path("bytes").asDouble());
        assertEquals(2, results.path("controls").size());

        // Kill after the second line of one point: only its other four questions are asked again, with the same
        // answers.
        Path log = out.resolve(trained + ".jsonl");
        List<String> before = Files.readAllLines(log);
        Files.writeString(log, before.get(0) + "\n" + before.get(1) + "\n" + before.get(2).substring(0, 20));
        assertEquals(2, run(data, out, points, "--precoded", precoded.toString()));
        assertEquals(0, run(data, out, points, "--precoded", precoded.toString(), "--resume"));
        List<String> after = Files.readAllLines(log);
        assertEquals(before.subList(0, 2), after.subList(0, 2));
        for (int line = 0; line < 6; line++) {
            JsonNode one = new ObjectMapper().readTree(before.get(line));
            JsonNode two = new ObjectMapper().readTree(after.get(line));
            for (String field : List.of("row", "said", "right", "near", "wireBytes", "units")) {
                assertEquals(one.path(field), two.path(field), field);
            }
        }
    }

    @Test
    void theClassOfEachPictureIsCounted() throws IOException {
        PackMethods methods = PackMethods.of(Pack.open(TinyPack.folder()));
        assumeTrue(PackHeads.of(methods.pack())
                .choose("", new Task.Classify(5), methods.evidence(methods.defaultPoint().method())).isPresent(),
                "missing capability: a head for classify in models/tiny-vqa");
        Path source = TinyData.write(folder.resolve("data"), 4);
        Path data = folder.resolve("classes");
        for (int n = 0; n < 4; n++) {
            Path of = Files.createDirectories(data.resolve("val/" + n % 2));
            Files.copy(source.resolve("test/p" + n + ".png"), of.resolve("p" + n + ".png"));
        }
        Path out = folder.resolve("out");
        assertEquals(0, run(data, out, "raw,c16,jpeg-q10", "--task", "classify"), screen.toString());
        JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
        assertEquals("classify", results.path("task").asText());
        assertEquals(4, results.path("pictures").asInt());
        for (JsonNode point : results.path("points")) {
            double first = point.path("accuracy").path("value").asDouble();
            double five = point.path("near").path("value").asDouble();
            assertTrue(first <= five && five <= 1 && point.path("near").path("high").asDouble() <= 1, point.toString());
            assertTrue(point.path("bytes").asDouble() > 100, point.toString());
        }
        assertTrue(Files.readString(out.resolve("results.md")).contains("top-5 %"));
        assertEquals(4, Files.readAllLines(out.resolve("c16.jsonl")).size());
        // The same folder cannot be gone on with by another task.
        assertEquals(ExitCodes.DATA, run(source, out, "raw", "--resume"));
    }

    @Test
    void aBadRowIsNamedAndCountedAndPassedByLater() throws IOException {
        Path data = TinyData.write(folder.resolve("data"), 2);
        Files.writeString(data.resolve("test/bad.png"), "no picture");
        Files.writeString(data.resolve("test.tsv"), """
                image\tquestion\tanswer
                p0.png\tWhat is <|im_end|> in it?\tx
                p0.png\tWhat?\tx
                bad.png\tWhat?\tx
                p1.png\t%s\tx
                p1.png\tWhat?\tx
                """.formatted("long ".repeat(5_000)));
        Path out = folder.resolve("out");
        assertEquals(0, run(data, out, "raw-c16"), screen.toString());
        JsonNode point = point(new ObjectMapper().readTree(out.resolve("results.json").toFile()), "raw-c16");
        assertEquals(5, point.path("questions").asInt());
        assertTrue(point.path("errors").asInt() >= 2, point.toString());
        assertTrue(Files.readString(out.resolve("results.md")).contains("counted as wrong: "));
        byte[] before = Files.readAllBytes(out.resolve("raw-c16.jsonl"));
        assertEquals(0, run(data, out, "raw-c16", "--resume"));
        assertEquals(new String(before), Files.readString(out.resolve("raw-c16.jsonl")));
        Files.writeString(data.resolve("test.tsv"), "image\tquestion\tanswer\nbad.png\tWhat?\tx\n");
        assertEquals(ExitCodes.DATA, run(data, folder.resolve("none"), "raw-c16"), "nothing was measured");
    }

    @Test
    void refusesPointsBeforeItStarts() throws IOException {
        Path data = TinyData.write(folder.resolve("data"), 1);
        Path out = folder.resolve("out");
        assertEquals(ExitCodes.USAGE, run(data, out, "nosuchpoint"));
        assertEquals(ExitCodes.USAGE, run(data, out, "avif-q20"));
        // The pack's encoder gives 256 tokens.
        assertEquals(ExitCodes.USAGE, run(data, out, "raw-c999"));
        assertEquals(ExitCodes.USAGE, run(data, out, "raw", "--task", "guess"));
        assertEquals(ExitCodes.USAGE, run(data, out, "raw", "--baseline", "c16"));
        assertEquals(ExitCodes.USAGE, run(data, out, "raw", "--control", "wrong-picture"), "one picture");
        // The pack's encoder takes 224 pixels.
        assertEquals(ExitCodes.USAGE, run(data, out, "webp-q10-224"));
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
        line.setExecutionExceptionHandler(new Failures());
        List<String> arguments = new java.util.ArrayList<>(List.of("--pack", TinyPack.folder().toString(), "--data",
                data.toString(), "--out", out.toString(), "--points", points, "--quiet", "--max-words", "4"));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }
}
