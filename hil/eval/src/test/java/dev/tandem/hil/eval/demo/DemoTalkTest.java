package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceSettings;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.image.RgbImage;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTalkTest {
    private static final Shot SHOT = new Shot("black.png", RgbImage.black(40, 30), List.of("What?", "Where?"));

    /** Over a bad link some answers are lost: that is what it shows, and no reason to stop. */
    @Test
    void goesOnWhereTheLinkHasLostAnAnswer() throws IOException, InterruptedException {
        StringWriter out = new StringWriter();
        try (DeviceAgent device = nowhere()) {
            DemoTalk talk = talk(device, out, false);
            talk.about(SHOT);
            talk.classify(SHOT, 2, "");
            talk.end();
            assertEquals(3, talk.lost());
        }
        assertTrue(out.toString().contains("? Where?"), out.toString());
        assertTrue(out.toString().contains("no answer: asking the edge (question"), out.toString());
        assertTrue(out.toString().contains("3 got no answer"), out.toString());
    }

    @Test
    void saysInJsonWhatWasLostAndWhy() throws IOException, InterruptedException {
        StringWriter out = new StringWriter();
        try (DeviceAgent device = nowhere()) {
            talk(device, out, true).about(SHOT);
        }
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), out.toString());
        JsonNode last = new ObjectMapper().readTree(lines.getLast());
        assertEquals("Where?", last.path("question").asText());
        assertTrue(last.path("problem").asText().startsWith("asking the edge"), lines.getLast());
    }

    private static DemoTalk talk(DeviceAgent device, StringWriter out, boolean json) throws IOException {
        return new DemoTalk(device, device.methods().defaultPoint(),
                new Cost(device, EqualAccuracy.read(Path.of("nowhere"), "tiny-vqa")), Keeper.NONE,
                new PrintWriter(out, true),
                json);
    }

    /** With an edge that is not there. */
    private static DeviceAgent nowhere() {
        Path none = Path.of("none.pem");
        return DeviceAgent.open(DeviceSettings.of(TinyPack.folder(), "127.0.0.1", 1, new Credentials(none, none, none))
                .withLab(true).withConnect(Duration.ofMillis(300)));
    }
}
