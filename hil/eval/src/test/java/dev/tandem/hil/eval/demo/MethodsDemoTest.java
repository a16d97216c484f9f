package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.image.RgbImage;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the demo shows of each method, over the real link. */
class MethodsDemoTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String pack, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--pack", TinyPack.named(pack).toString(), "--uplink", "0", "--threads", "1"));
        arguments.addAll(List.of(more));
        return new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new Failures()).execute(arguments.toArray(String[]::new));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private Path picture() throws IOException {
        return TinyData.write(folder, 1).resolve("test/p0.png");
    }

    private static Programme programme(String pack, String method, String point) {
        return Programme.of(PackMethods.of(Pack.open(TinyPack.named(pack))), method, point);
    }

    @Test
    void patchesThatWereSentAreLit() throws IOException {
        Path to = folder.resolve("drawn");
        assertEquals(0, run("tiny-patches", "--point", "patches-e0-top64-rgb", "--image", picture().toString(), "--out",
                to.toString(), "--json"), err.toString());
        JsonNode line = lines().getFirst();
        assertEquals("edge", line.path("where").asText());
        assertEquals("shapes", line.path("head").asText());
        assertEquals(List.of(256, 64, 0), List.of(line.path("patchesInAll").asInt(), line.path("patchesSent").asInt(),
                line.path("patchesLost").asInt()));
        BufferedImage drawn = ImageIO.read(to.resolve("p0-patches.png").toFile());
        BufferedImage photograph = ImageIO.read(picture().toFile());
        assertEquals(photograph.getWidth(), drawn.getWidth());
        int same = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                same += drawn.getRGB(x, y) == photograph.getRGB(x, y) ? 1 : 0;
            }
        }
        double share = (double) same / (drawn.getWidth() * drawn.getHeight());
        assertEquals(0.25, share, 0.04, "64 of 256 patches, and what was black before");
    }

    @Test
    void aSureDeviceSendsNothingAndSaysSo() throws IOException {
        Path to = folder.resolve("drawn");
        assertEquals(0, run("tiny-patches", "--method", "patches", "--point", "here", "--image", picture().toString(),
                "--out", to.toString()), err.toString());
        assertTrue(out.toString().contains("answered on the device: sure enough, nothing was sent"), out.toString());
        assertTrue(out.toString().contains("nothing was sent of 256 patches: " + to.resolve("p0-patches.png")),
                out.toString());
        assertTrue(out.toString().contains("1 answered on the device"), out.toString());
        assertTrue(Files.isRegularFile(to.resolve("p0-patches.png")));
    }

    @Test
    void everyBackboneAnswersFromTheSameBits() throws IOException {
        Path to = folder.resolve("restored");
        assertEquals(0, run("tiny-bottleneck", "--image", picture().toString(), "--out", to.toString(), "--json"),
                err.toString());
        List<JsonNode> lines = lines();
        assertEquals(List.of("mean", "peak", "person"),
                lines.stream().map(line -> line.path("head").asText()).toList());
        assertEquals(1, lines.stream().map(line -> line.path("bytes")).distinct().count(), "the same slices");
        assertNotEquals(lines.get(0).path("labels"), lines.get(1).path("labels"));
        Path file = Path.of(lines.get(2).path("file").asText());
        assertEquals(to.resolve("p0-restored.jpg"), file);
        assertTrue(ImageIO.read(file.toFile()).getWidth() > 0);
        assertFalse(lines.get(0).has("file"));
    }

    @Test
    void theSmallPictureStandsBesideTheRestoredOne() throws IOException {
        Path to = folder.resolve("squeezed");
        assertEquals(0, run("tiny-squeeze", "--image", picture().toString(), "--out", to.toString()), err.toString());
        assertTrue(out.toString().contains("p0-sheet.png") && out.toString().contains("(p0-restored.jpg)"),
                out.toString());
        int preview = ImageIO.read(to.resolve("p0-restored.jpg").toFile()).getWidth();
        int sheet = ImageIO.read(to.resolve("p0-sheet.png").toFile()).getWidth();
        assertTrue(sheet > 2 * preview, sheet + " of " + preview);
    }

    @Test
    void aSheetShowsAllThree() {
        RgbImage red = plain(20, 10, 0);
        RgbImage green = plain(6, 4, 1);
        RgbImage blue = plain(10, 8, 2);
        var sheet = Sheets.sheet(red, green, blue);
        assertEquals(16 + 6 + 10 + 4 * 8, sheet.getWidth());
        assertEquals(8 + 2 * 8, sheet.getHeight());
        assertEquals(0xffff0000, sheet.getRGB(16, 12));
        assertEquals(0xff00ff00, sheet.getRGB(8 + 16 + 8 + 3, 10));
        assertEquals(0xffffffff, sheet.getRGB(8 + 16 + 8 + 3, 14), "no larger than it is");
        assertEquals(0xff0000ff, sheet.getRGB(8 + 16 + 8 + 6 + 8 + 5, 12));
    }

    private static RgbImage plain(int width, int height, int channel) {
        RgbImage picture = RgbImage.black(width, height);
        for (int i = channel; i < picture.rgb().length; i += 3) {
            picture.rgb()[i] = (byte) 255;
        }
        return picture;
    }

    @Test
    void andSaysThatTheyAre() throws IOException {
        assertEquals(0, run("tiny-bottleneck", "--point", "coarse-b4", "--image", picture().toString(), "--out",
                folder.toString()), err.toString());
        assertTrue(out.toString().contains("classify, by peak"), out.toString());
        assertTrue(out.toString().contains("All 3 answers stand on the same ") && out.toString().contains(" 4 slices"),
                out.toString());
    }

    @Test
    void whatIsShownFollowsFromThePack() throws IOException {
        Programme patches = programme("tiny-patches", "patches", null);
        assertEquals("some", patches.point().name());
        assertEquals(4, patches.usual().size());
        assertEquals(Path.of("demo-patches"), ((LitPatches) patches.keeper(null, image -> Optional.empty())).folder());
        Programme bottleneck = programme("tiny-bottleneck", null, "fine");
        assertEquals(List.of("mean", "peak"), bottleneck.classifiers());
        assertEquals(1, bottleneck.usual().size());
        assertEquals(new RestoredPictures(folder),
                ((Sheets) bottleneck.keeper(folder, image -> Optional.empty())).restored());
        Programme questions = programme("tiny-vqa", "tofc", null);
        assertTrue(questions.questions());
        assertEquals(Shot.bundled().size(), questions.usual().size());
        assertEquals(Keeper.NONE, questions.keeper(null, image -> Optional.empty()));
        assertThrows(CommandFailedException.class, () -> programme("tiny-vqa", "raw", "c16"));
        assertEquals(ExitCodes.USAGE, run("tiny-patches", "--image", picture().toString(), "--ask", "What?"));
        assertTrue(err.toString().contains("--ask: no head"), err.toString());
    }

    @Test
    void aPackThatIsNotThereIsSaidWithOneThatIs() throws IOException {
        CommandFailedException missing = assertThrows(CommandFailedException.class,
                () -> DemoPacks.folder(folder, "patches"));
        assertEquals(ExitCodes.NO_INPUT, missing.exitCode());
        assertTrue(missing.getMessage().contains("tiny-patches"), missing.getMessage());
        CommandFailedException unknown = assertThrows(CommandFailedException.class,
                () -> DemoPacks.folder(folder, "magic"));
        assertEquals(ExitCodes.USAGE, unknown.exitCode());
        assertTrue(unknown.getMessage().contains("[bottleneck, patches, squeeze, tofc]"), unknown.getMessage());
        Path there = Files.createDirectories(folder.resolve("models/smol-vqa"));
        Files.writeString(there.resolve("pack.json"), "{}");
        assertEquals(there.toAbsolutePath(), DemoPacks.folder(folder, "tofc"));
    }

    @Test
    void aFileIsNamedAfterItsPicture() {
        assertEquals("scene-of-two", new Shot("scene of two", null, List.of()).fileName());
        assertEquals("küche.v2", new Shot("küche.v2.jpeg", null, List.of()).fileName());
        assertEquals("..-etc-x", new Shot("../etc/x", null, List.of()).fileName());
    }
}
