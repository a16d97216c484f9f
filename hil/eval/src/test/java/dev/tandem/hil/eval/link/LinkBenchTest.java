package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** First parts over the real link, on the random pack: its bookkeeping. */
class LinkBenchTest {
    @TempDir
    private Path folder;

    @Test
    void everyPointAtEveryRateHasItsRow() throws Exception {
        Path data = TinyData.write(folder.resolve("data"), 6);
        StringWriter screen = new StringWriter();
        int status = new CommandLine(new LinkBenchCommand()).setOut(new PrintWriter(screen)).execute("--pack",
                TinyPack.folder().toString(), "--data", data.toString(), "--points", "c8,jpeg-q10", "--rates", "0",
                "--pictures", "6", "--threads", "1", "--quiet", "--relay", "--out", folder.toString());
        assertEquals(0, status, screen.toString());
        JsonNode report = new ObjectMapper().readTree(folder.resolve("link.json").toFile());
        assertEquals(2, report.path("cells").size());
        for (JsonNode cell : report.path("cells")) {
            assertEquals(6, cell.path("pictures").asInt());
            assertTrue(cell.path("firstWord").asDouble() <= cell.path("total").asDouble(), cell.toString());
            assertTrue(cell.path("wireBytes").asDouble() > cell.path("bytes").asDouble(), cell.toString());
            // A packet's headers of 28 bytes at least, and acknowledgements.
            assertTrue(cell.path("relayBytes").asDouble() > cell.path("bytes").asDouble() + 56, cell.toString());
        }
        assertTrue(Files.readString(folder.resolve("link.svg")).contains("</svg>"));
        assertTrue(screen.toString().contains("jpeg-q10"), screen.toString());
    }

    @Test
    void tooFewPicturesAndUnknownPointsAreRefusedBeforeAnEdgeIsStarted() throws Exception {
        String data = TinyData.write(folder.resolve("data"), 2).toString();
        assertEquals(ExitCodes.DATA, refused("--data", data));
        assertEquals(ExitCodes.USAGE, refused("--data", data, "--points", "jpeg:10"));
    }

    private static int refused(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--pack";
        all[1] = TinyPack.folder().toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return assertThrows(CommandFailedException.class,
                () -> CommandLine.populateCommand(new LinkBenchCommand(), all).call()).exitCode();
    }
}
