package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the device as its own main runs it. */
class AskCommandTest {
    @TempDir
    private static Path dir;
    private static EchoEdge edge;
    private static String picture;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void open() throws IOException {
        edge = new EchoEdge(dir);
        Path file = dir.resolve("p.png");
        ImageIO.write(new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        picture = file.toString();
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @Test
    void theAnswerIsPrintedAndItsCostBesideIt() {
        assertEquals(ExitCodes.OK, run("--image", picture, "--method", "toy", "--ask", "what is it"));
        assertEquals("what is it\n", out.toString());
        assertTrue(err.toString().startsWith("send: answered by the edge's head echo; 8 bytes in 2 slices"),
                err.toString());
    }

    @Test
    void labelsAreATableOfNamesAndPercent() {
        assertEquals(ExitCodes.OK, run("--image", picture, "--task", "classify", "--top", "3"));
        assertEquals("""
                golden retriever   50.00 %
                class 1            25.00 %
                class 2            12.50 %
                """, out.toString());
        assertTrue(err.toString().contains("head labels"), err.toString());
    }

    @Test
    void aPreviewIsWrittenToAFile() throws IOException {
        Path file = dir.resolve("preview.jpg");
        assertEquals(ExitCodes.OK,
                run("--image", picture, "--task", "preview", "--side", "64", "--out", file.toString()));
        assertArrayEquals(EchoEdge.PREVIEW, Files.readAllBytes(file));
        assertTrue(err.toString().contains("wrote 3 bytes of image/jpeg"), err.toString());
        assertEquals("", out.toString());
    }

    /** The file is there with the first picture; words end their line before anything else is said. */
    @Test
    void aBetterPreviewReplacesAWorseOneAndWordsArePrinted() throws IOException {
        Path file = dir.resolve("twice.jpg");
        assertEquals(ExitCodes.OK,
                run("--image", picture, "--task", "preview", "--side", "2", "--out", file.toString()));
        assertArrayEquals(EchoEdge.PREVIEW, Files.readAllBytes(file));
        assertTrue(err.toString().startsWith("wrote 1 bytes of image/jpeg to " + file + "\nwrote 3 bytes"),
                err.toString());
        assertEquals("made up\n", out.toString());
    }

    @Test
    void aPreviewWithoutAPictureIsSaidInWords() {
        Path file = dir.resolve("none.jpg");
        assertEquals(ExitCodes.PROTOCOL,
                run("--image", picture, "--task", "preview", "--side", "1", "--out", file.toString()));
        assertTrue(err.toString().contains("writing the preview to [" + file + "]: the answer holds [1] parts"),
                err.toString());
        assertFalse(Files.exists(file));
        assertEquals(ExitCodes.IO, run("--image", picture, "--task", "preview", "--out", dir.toString()));
        assertTrue(err.toString().contains("writing the preview to [" + dir + "]"), err.toString());
    }

    @Test
    void theSmallPictureIsWrittenWhereAMethodMakesOne() throws IOException {
        Path file = dir.resolve("small.png");
        assertEquals(ExitCodes.OK, run("--image", picture, "--task", "classify", "--point", "here", "--small",
                file.toString()));
        BufferedImage small = ImageIO.read(file.toFile());
        assertEquals("16 x 12", small.getWidth() + " x " + small.getHeight());
        assertTrue(err.toString().startsWith("wrote " + Files.size(file) + " bytes of image/png, 16 x 12 pixels"),
                err.toString());
        assertEquals(ExitCodes.USAGE, run("--image", picture, "--task", "classify", "--point", "send", "--small",
                dir.resolve("none.png").toString()));
        assertTrue(err.toString().contains("the method [toy] of the point send makes no small picture"),
                err.toString());
        assertFalse(Files.exists(dir.resolve("none.png")));
    }

    @Test
    void jsonIsOneObject() throws IOException {
        assertEquals(ExitCodes.OK, run("--ask", "hi there", "--json", "--uplink", "50", "--head", "poet"));
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertEquals("hi there", answer.get("answer").asText());
        assertEquals("hi there", answer.get("parts").get(0).get("text").asText());
        assertEquals("edge", answer.get("where").asText());
        assertEquals("poet", answer.get("head").asText());
        assertEquals(0, answer.get("sliceBytes").asInt());
        assertEquals(1_000_005, answer.get("edgeNanos").get("total").asInt());
        assertEquals("", err.toString());
    }

    @Test
    void jsonSaysThatTheDeviceAnsweredAndWhy() throws IOException {
        assertEquals(ExitCodes.OK, run("--edge", "127.0.0.1:1", "--image", picture, "--task", "classify", "--point",
                "guess", "--deadline", "0.3", "--json"));
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertEquals("device", answer.get("where").asText());
        assertTrue(answer.get("why").asText().startsWith("no edge in reach"), answer.get("why").asText());
        assertEquals("toy", answer.get("parts").get(0).get("labels").get(0).get("name").asText());
        assertEquals(7, answer.get("parts").get(0).get("labels").get(0).get("class").asInt());
    }

    @Test
    void withoutAnEdgeTheDevicesOwnClassesArePrintedAndItIsSaid() {
        assertEquals(ExitCodes.OK, run("--edge", "127.0.0.1:1", "--image", picture, "--task", "classify", "--point",
                "guess", "--deadline", "0.3"));
        assertTrue(out.toString().startsWith("toy   75.00 %"), out.toString());
        assertTrue(err.toString().startsWith("guess: answered on the device: no edge in reach, "), err.toString());
        assertTrue(err.toString().contains("nothing came over the link"), err.toString());
    }

    @Test
    void classifyPrintsFiveWhereNobodySaysHowMany() {
        assertEquals(ExitCodes.OK, run("--image", picture, "--task", "classify"));
        assertEquals(5, out.toString().lines().count(), out.toString());
    }

    @Test
    void anEdgeOutOfReachIsNoHindranceWhereTheDeviceIsSure() {
        assertEquals(ExitCodes.OK, run("--edge", "127.0.0.1:1", "--image", picture, "--task", "classify", "--point",
                "toy-here"));
        assertTrue(out.toString().startsWith("toy   75.00 %"), out.toString());
        assertTrue(err.toString().contains("answered on the device: sure enough"), err.toString());
    }

    @Test
    void anEdgeOutOfReachIsSaidInWords() {
        int code = run("--edge", "127.0.0.1:1", "--image", picture, "--task", "classify", "--deadline", "0.3");
        assertTrue(err.toString().contains("asking the edge (classify, 2 slices of 8 bytes at the point send)"),
                err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(ExitCodes.UNAVAILABLE, code);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --ask ? --edge nowhere                          | [nowhere]: needed host:port
            --ask ? --task classify --image PNG             | nothing else takes it
            --task question                                 | a question needs it
            --top 3                                         | nothing is asked
            --task classify                                 | without --image
            --task classify --image PNG --top 0             | labels wanted
            --task classify --image PNG --out x             | --out
            --task preview --image PNG                      | --out
            --task dance --image PNG                        | [dance]
            --ask ? --image PNG --transport pigeon          | pigeon
            --ask ? --image PNG --engine steam              | no engine is called [steam]
            --ask ? --small x                               | --small [x] without --image
            --ask ? --threads -1                            | engine threads
            --ask ? --deadline -1                           | deadline
            """)
    void wrongUseIsSaidInWords(String arguments, String words) {
        assertEquals(ExitCodes.USAGE, run(arguments.replace("PNG", picture).split(" ")));
        assertTrue(err.toString().contains(words), err.toString());
    }

    @Test
    void aPointOrAMethodThatThePackLacksIsNamed() {
        assertEquals(ExitCodes.DATA, run("--ask", "?", "--image", picture, "--point", "c99"));
        assertTrue(err.toString().contains("[c99]"), err.toString());
        assertEquals(ExitCodes.DATA, run("--ask", "?", "--image", picture, "--method", "magic"));
        assertTrue(err.toString().contains("[magic]"), err.toString());
        assertEquals(ExitCodes.USAGE, run("--ask", "?", "--image", picture, "--method", "magic", "--point", "here"));
        assertTrue(err.toString().contains("belongs to the method [toy]"), err.toString());
    }

    @Test
    void certificatesAndPicturesThatAreNotThereAreNamed() {
        assertEquals(ExitCodes.USAGE, run("--ask", "?", "--certs", dir.resolve("no-certs").toString()));
        assertTrue(err.toString().contains("no-certs"), err.toString());
        assertEquals(ExitCodes.NO_INPUT, run("--ask", "?", "--image", dir.resolve("no.png").toString()));
        assertTrue(err.toString().contains("[" + dir.resolve("no.png") + "]"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ask", "--pack", edge.pack.toString()));
        all.addAll(List.of(arguments));
        if (!all.contains("--certs")) {
            all.addAll(List.of("--certs", EchoEdge.CERTIFICATES.toString()));
        }
        if (!all.contains("--edge")) {
            all.addAll(List.of("--edge", "127.0.0.1:" + edge.port()));
        }
        if (!all.contains("--deadline")) {
            all.addAll(List.of("--deadline", "60")); // a busy machine may take long to connect
        }
        return DeviceMain.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
