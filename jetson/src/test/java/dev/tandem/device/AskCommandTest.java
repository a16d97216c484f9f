package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AskCommandTest {
    @TempDir
    private static Path dir;
    private static EchoEdge edge;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void open() throws IOException {
        edge = new EchoEdge(dir);
        ImageIO.write(new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB), "png", dir.resolve("p.png").toFile());
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    @Test
    void theAnswerIsPrintedAndItsCostBesideIt() {
        assertEquals(0, run("--image", dir.resolve("p.png").toString(), "--method", "raw", "--ask", "what is it"));
        assertEquals("what is it\n", out.toString());
        assertTrue(err.toString().startsWith("raw: "), err.toString());
    }

    @Test
    void jsonIsOneObject() throws IOException {
        assertEquals(0, run("--ask", "hi there", "--json", "--uplink", "50"));
        JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertEquals("hi there", answer.get("answer").asText());
        assertEquals(0, answer.get("sliceBytes").asInt());
        assertEquals(1_000_005, answer.get("edgeNanos").get("total").asInt());
        assertEquals("", err.toString());
    }

    @Test
    void aBadAddressIsAUsageErrorAndABadPointIsNamed() {
        assertEquals(2, run("--ask", "?", "--edge", "nowhere"));
        assertTrue(err.toString().contains("[nowhere]"), err.toString());
        assertEquals(1, run("--ask", "?", "--image", dir.resolve("p.png").toString(), "--point", "c99"));
        assertTrue(err.toString().contains("[c99]"), err.toString());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ask", "--pack", EchoEdge.PACK.toString(), "--certs",
                edge.certificates.toString()));
        all.addAll(List.of(arguments));
        if (!all.contains("--edge"))
            all.addAll(List.of("--edge", "127.0.0.1:" + edge.port()));
        return new CommandLine(new DeviceCommand()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
