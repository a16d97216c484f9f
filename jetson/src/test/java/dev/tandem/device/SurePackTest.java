package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.transport.tls.Certificates;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack whose device classifies by itself, through the command line, with no edge anywhere. */
class SurePackTest {
    @TempDir
    private static Path dir;
    private static String picture;
    private static String certs;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void write() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, i * 40_503);
        }
        Path file = dir.resolve("p.png");
        ImageIO.write(image, "png", file.toFile());
        picture = file.toString();
        certs = dir.resolve("certs").toString();
        Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1"));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ask", "--pack", "../models/tiny-patches", "--certs", certs,
                "--edge", "127.0.0.1:1", "--threads", "1", "--image", picture));
        all.addAll(List.of(arguments));
        return DeviceMain.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void aSureDeviceAnswersWithoutTheLinkAndSaysSo() {
        assertEquals(ExitCodes.OK, run("--task", "classify", "--top", "3", "--point", "here"), err::toString);
        assertEquals(3, out.toString().lines().filter(line -> line.endsWith(" %")).count());
        assertTrue(err.toString().startsWith("here: answered on the device: sure enough, nothing was sent"),
                err.toString());
    }

    @Test
    void jsonSaysWhereASureAnswerWasMade() throws IOException {
        assertEquals(ExitCodes.OK, run("--task", "classify", "--top", "2", "--point", "here", "--json"), err::toString);
        assertEquals("device", json().get("where").asText());
        assertEquals("sure enough, nothing was sent", json().get("why").asText());
        assertEquals(0, json().get("slices").asInt());
        assertEquals(2, json().get("parts").get(0).get("labels").size());
    }

    @Test
    void anUnsureOneWithoutAnEdgeGivesItsGuessAndSaysWhy() throws IOException {
        assertEquals(ExitCodes.OK, run("--task", "classify", "--point", "all", "--deadline", "0.3"), err::toString);
        assertTrue(err.toString().startsWith("all: answered on the device: no edge in reach"), err.toString());
        String guess = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.OK, run("--task", "classify", "--point", "here"));
        assertEquals(guess, out.toString(), "the fallback is what a sure device would have said");
        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.OK, run("--task", "classify", "--point", "all", "--deadline", "0.3", "--json"));
        assertEquals("device", json().get("where").asText());
        assertTrue(json().get("why").asText().startsWith("no edge in reach"), out.toString());
        assertTrue(json().get("slices").asInt() > 1, "made and not needed");
    }

    @Test
    void whatThePointCannotDoIsWrongUseInWords() {
        assertEquals(ExitCodes.USAGE, run("--ask", "what is it?"));
        assertTrue(err.toString().contains("for [question]; needed classify"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }
}
