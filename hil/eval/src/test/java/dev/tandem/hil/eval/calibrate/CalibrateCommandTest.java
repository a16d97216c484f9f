package dev.tandem.hil.eval.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.hil.eval.EvalCommand;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
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

/** Calibrating the random pack: what it chooses means nothing, what it says of that must be so. */
class CalibrateCommandTest {
    private static final int PICTURES = 12;

    @TempDir
    private Path folder;
    private Path data;
    private Path pack;
    private final StringWriter screen = new StringWriter();

    /** The tiny pack has the language model's encoder from a pack beside it. */
    @BeforeEach
    void place() throws IOException {
        data = TinyData.write(folder.resolve("data"), PICTURES);
        Files.delete(data.resolve("test.tsv"));
        pack = folder.resolve("models/tiny-patches");
        for (String name : List.of("tiny-vqa", "tiny-patches")) {
            Path from = TinyPack.home().resolve("models").resolve(name);
            try (var files = Files.walk(from)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Path target = folder.resolve("models").resolve(name).resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    private int run(Object command, String... arguments) {
        CommandLine line = new CommandLine(command).setOut(new PrintWriter(screen, true))
                .setErr(new PrintWriter(screen, true)).setExecutionExceptionHandler(new Failures());
        return line.execute(arguments);
    }

    private int calibrate(String... more) {
        List<String> all = new ArrayList<>(List.of("--pack", pack.toString(), "--data", data.toString(), "--quiet",
                "--threads", "1"));
        all.addAll(List.of(more));
        return run(new CalibrateCommand(), all.toArray(String[]::new));
    }

    @Test
    void whatItPromisesIsWhatAnEvaluationFinds() throws IOException {
        Path table = folder.resolve("labels.tsv");
        StringBuilder labels = new StringBuilder("image\tlabel\n");
        for (int i = 0; i < PICTURES; i++) {
            labels.append("test/p").append(i).append(".png\t").append(i % 3).append('\n');
        }
        Files.writeString(table, labels);
        assertEquals(0, calibrate("--tsv", table.toString(), "--amounts", "0.4,0.8,1", "--within", "100", "--bytes",
                "700,20000", "--json"), screen.toString());
        JsonNode report = new ObjectMapper().readTree(screen.toString());
        Path written = pack.resolveSibling("tiny-patches-calibrated");
        assertTrue(Files.readString(written.resolve("calibration.svg")).contains("bytes-700"));
        Path out = folder.resolve("out");
        assertEquals(0, run(new EvalCommand(), "--pack", written.toString(), "--data", data.toString(), "--tsv",
                table.toString(), "--task", "classify", "--points", "within-100,bytes-700,bytes-20000", "--out",
                out.toString(), "--quiet", "--threads", "1"), screen.toString());
        for (JsonNode point : new ObjectMapper().readTree(out.resolve("results.json").toFile()).path("points")) {
            JsonNode promised = report.path("chosen").path(point.path("name").asText());
            assertEquals(point.path("cost").path("slices").asDouble(), promised.path("bytes").asDouble(), 1e-6);
            assertEquals(point.path("accuracy").path("value").asDouble(),
                    promised.path("accuracy").path("value").asDouble(), 1e-9);
        }
        assertTrue(report.path("chosen").path("bytes-700").path("bytes").asDouble() <= 700);
    }

    @Test
    void withoutClassesTheWholePictureSaysWhatIsRight() throws IOException {
        Files.writeString(data.resolve("test/broken.png"), "no picture");
        assertEquals(0, calibrate("--unlabelled", "--amounts", "0.5,1", "--point", "some-rgb", "--within", "0"),
                screen.toString());
        assertTrue(screen.toString().contains("the edge on whole pictures: 100.0 %"), screen.toString());
        assertTrue(screen.toString().contains("left out") && screen.toString().contains("broken.png"),
                screen.toString());
        PackMethods methods = PackMethods.of(Pack.open(pack.resolveSibling("tiny-patches-calibrated")));
        assertEquals("patches", methods.point("within-0").method());
    }

    @Test
    void refusesInWordsBeforeAnythingIsRun() throws IOException {
        assertEquals(ExitCodes.USAGE, calibrate("--point", "webp"));
        assertEquals(ExitCodes.USAGE, calibrate("--amounts", "2"));
        Files.createDirectories(folder.resolve("taken/something"));
        assertEquals(ExitCodes.IO, calibrate("--out", folder.resolve("taken").toString()));
        pack = folder.resolve("models/tiny-vqa");
        assertEquals(ExitCodes.DATA, calibrate("--unlabelled"));
        assertTrue(screen.toString().contains("never answers by itself"), screen.toString());
        assertFalse(Files.exists(pack.resolveSibling("tiny-vqa-calibrated")));
    }
}
