package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the methods with several heads, with squares, with an answer of the device's own come to in an evaluation. */
class MethodsEvalTest {
    private static final int PICTURES = 5;
    private static final String EVERYTHING = "patches-e0-sum1-rgb";
    @TempDir
    private Path folder;
    private Path data;
    private Path out;
    private final StringWriter screen = new StringWriter();

    /** Pictures alone, without a table or a class. */
    @BeforeEach
    void write() throws IOException {
        data = TinyData.write(folder.resolve("data"), PICTURES);
        Files.delete(data.resolve("test.tsv"));
        out = folder.resolve("out");
    }

    private int run(String pack, Path to, String points, String... more) {
        CommandLine line = new CommandLine(new EvalCommand());
        line.setOut(new PrintWriter(screen)).setErr(new PrintWriter(screen));
        line.setExecutionExceptionHandler(new Failures());
        List<String> arguments = new ArrayList<>(List.of("--pack", TinyPack.named(pack).toString(), "--data",
                data.toString(), "--task", "classify", "--out", to.toString(), "--points", points, "--quiet"));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static JsonNode point(Path from, String name) throws IOException {
        for (JsonNode point : new ObjectMapper().readTree(from.resolve("results.json").toFile()).path("points")) {
            if (point.path("name").asText().equals(name)) {
                return point;
            }
        }
        throw new AssertionError("no point " + name);
    }

    private static List<String> said(Path from, String point) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line : Files.readAllLines(from.resolve(point + ".jsonl"))) {
            said.add(new ObjectMapper().readTree(line).path("said").asText());
        }
        return said;
    }

    @Test
    void theDeviceAloneEverythingAndWhatLiesBetween() throws IOException {
        String doubtful = "patches-e1.28-sum1-rgb";
        assertEquals(0,
                run("tiny-patches", out,
                        "here,patches-e64-sum1-rgb,patches-e0-top64-rgb,some," + EVERYTHING + "," + doubtful,
                        "--agree", EVERYTHING),
                screen.toString());
        JsonNode alone = point(out, "patches-e64-sum1-rgb");
        assertEquals(1, alone.path("here").asDouble());
        assertEquals(0, alone.path("cost").path("encrypted").asDouble());
        assertEquals(0, alone.path("squares").path("cost").asDouble());
        assertEquals(said(out, "here"), said(out, "patches-e64-sum1-rgb"));
        JsonNode all = point(out, EVERYTHING);
        assertEquals(0, all.path("here").asDouble());
        assertEquals(1, all.path("squares").path("cost").asDouble());
        assertEquals(256, all.path("squares").path("sent").asDouble());
        assertEquals(1, all.path("accuracy").path("value").asDouble(), "it agrees with itself");
        assertTrue(all.path("bytes").asDouble() > 256 * 588);
        assertEquals(0.25, point(out, "patches-e0-top64-rgb").path("squares").path("cost").asDouble());
        JsonNode whole = point(out, doubtful);
        assertEquals(1 - whole.path("here").asDouble(), whole.path("squares").path("cost").asDouble(), 1e-12);
        JsonNode some = point(out, "some");
        assertEquals(whole.path("here"), some.path("here"), "the same doubt");
        assertEquals((1 - some.path("here").asDouble()) * some.path("squares").path("sent").asDouble() / 256,
                some.path("squares").path("cost").asDouble(), 1e-12);
        agreesBy(doubtful, whole);
        assertTrue(Files.readString(out.resolve("results.md")).contains("Right is what the point " + EVERYTHING));
        assertTrue(Files.readString(out.resolve("cost.svg")).contains("cost C"));
    }

    /** How often a point says what everything sent says. */
    private void agreesBy(String point, JsonNode summary) throws IOException {
        List<String> reference = said(out, EVERYTHING);
        List<String> said = said(out, point);
        int same = 0;
        for (int i = 0; i < PICTURES; i++) {
            same += said.get(i).equals(reference.get(i)) ? 1 : 0;
        }
        assertEquals(same / (double) PICTURES, summary.path("accuracy").path("value").asDouble(), 1e-12);
    }

    @Test
    void aComparisonGoesOnAfterAKillAndIsNoOther() throws IOException {
        String points = "here,patches-e0-top9-rgb";
        assertEquals(0, run("tiny-patches", out, points, "--agree", EVERYTHING), screen.toString());
        JsonNode before = point(out, "patches-e0-top9-rgb").path("accuracy");
        Path log = out.resolve("patches-e0-top9-rgb.jsonl");
        Files.write(log, Files.readAllLines(log).subList(0, 2));
        assertEquals(0, run("tiny-patches", out, points, "--agree", EVERYTHING, "--resume"), screen.toString());
        assertEquals(before, point(out, "patches-e0-top9-rgb").path("accuracy"));
        assertEquals(ExitCodes.DATA, run("tiny-patches", out, points, "--agree", "here", "--resume"));
        assertEquals(ExitCodes.USAGE, run("tiny-patches", folder.resolve("no"), points, "--agree", "nothing"));
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void aHeadIsChosenByName() throws IOException {
        for (String head : List.of("mean", "peak")) {
            assertEquals(0, run("tiny-bottleneck", folder.resolve(head), "fine,coarse", "--agree", "fine", "--head",
                    head), screen.toString());
            JsonNode results = new ObjectMapper().readTree(folder.resolve(head).resolve("results.json").toFile());
            assertEquals(head, results.path("conditions").path("head").asText());
        }
        assertFalse(said(folder.resolve("mean"), "fine").equals(said(folder.resolve("peak"), "fine")),
                "two networks that never differ are one");
        assertEquals(point(folder.resolve("mean"), "fine").path("bytes"),
                point(folder.resolve("peak"), "fine").path("bytes"));
        assertEquals(ExitCodes.USAGE, run("tiny-bottleneck", out, "fine", "--agree", "fine", "--head", "person"));
        assertEquals(ExitCodes.USAGE, run("tiny-bottleneck", out, "fine", "--agree", "fine", "--head", "swin"));
        assertTrue(screen.toString().contains("[swin]") && screen.toString().contains("mean (")
                && screen.toString().contains("peak ("), screen.toString());
    }

    @Test
    void lostSlicesArePaidForAndMissing() throws IOException {
        assertEquals(0, run("tiny-bottleneck", out, "coarse-b4", "--agree", "coarse-b4"), screen.toString());
        Path lossy = folder.resolve("lossy");
        assertEquals(0, run("tiny-bottleneck", lossy, "coarse-b4", "--agree", "coarse-b4", "--lose", "50"),
                screen.toString());
        double units = point(lossy, "coarse-b4").path("units").asDouble();
        assertTrue(units >= 1 && units < point(out, "coarse-b4").path("units").asDouble(), units + " bands");
        assertEquals(point(out, "coarse-b4").path("bytes"), point(lossy, "coarse-b4").path("bytes"));
        assertEquals(0, point(lossy, "coarse-b4").path("errors").asInt());
        assertTrue(Files.readString(lossy.resolve("results.md")).contains("50 % of the slices are lost"));
        assertEquals(said(out, "coarse-b4"), said(lossy, "coarse-b4__reference"), "which loses nothing");
        assertEquals(ExitCodes.DATA, run("tiny-bottleneck", lossy, "coarse-b4", "--agree", "coarse-b4", "--resume"));
        assertEquals(0, run("tiny-patches", folder.resolve("patches"), "patches-e0-top100-rgb", "--agree",
                EVERYTHING, "--lose", "20"), screen.toString());
        JsonNode patches = point(folder.resolve("patches"), "patches-e0-top100-rgb");
        assertTrue(patches.path("units").asDouble() < 100, "the head sees fewer");
        assertEquals(100, patches.path("squares").path("sent").asDouble(), "than were sent");
        assertEquals(ExitCodes.USAGE, run("tiny-bottleneck", out, "coarse", "--lose", "100"));
    }
}
