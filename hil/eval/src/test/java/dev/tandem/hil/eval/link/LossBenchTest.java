package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Accuracy over loss: its bookkeeping, and the whole way over a link that loses a tenth of its packets. */
class LossBenchTest {
    @TempDir
    private Path folder;

    @Test
    void aQuestionWithoutAnAnswerIsWrong() {
        List<LossCell.Asked> base = List.of(asked("a", true, true), asked("b", true, true), asked("c", true, false));
        List<LossCell.Asked> lossy = List.of(asked("a", true, true), asked("b", false, false), asked("c", true, false));
        LossCell cell = LossCell.of(LossWay.USUAL, 0.2, lossy, base);
        assertEquals(3, cell.questions());
        assertEquals(2, cell.answered());
        assertEquals(1 / 3.0, cell.accuracy().value(), 1e-12);
        assertEquals(-1 / 3.0, cell.difference().value(), 1e-12);
        assertEquals(12, cell.tokens(), 1e-12);
        assertNull(LossCell.of(LossWay.USUAL, 0, base, null).difference());
    }

    @Test
    void onlyTheShuffledWayTouchesTheOrder() {
        List<byte[]> slices = List.of(new byte[1], new byte[2], new byte[3], new byte[4], new byte[5]);
        assertEquals(slices, LossWay.USUAL.order(slices, 3));
        assertEquals(slices, LossWay.HURRIED.order(slices, 3));
        List<byte[]> shuffled = LossWay.HURRIED_SHUFFLED.order(slices, 3);
        assertTrue(shuffled.containsAll(slices) && !shuffled.equals(slices));
        assertEquals(shuffled, LossWay.HURRIED_SHUFFLED.order(slices, 3));
    }

    @Test
    void countsWhatCrossedALossyLink() throws Exception {
        Path data = TinyData.write(folder.resolve("data"), 2);
        StringWriter screen = new StringWriter();
        int status = new CommandLine(new LossBenchCommand()).setOut(new PrintWriter(screen)).execute("--pack",
                TinyPack.folder().toString(), "--data", data.toString(), "--point", "c16", "--losses", "10",
                "--threads",
                "1", "--quiet", "--out", folder.toString());
        assertEquals(0, status, screen.toString());
        JsonNode cells = new ObjectMapper().readTree(folder.resolve("loss.json").toFile()).path("cells");
        assertEquals(1 + LossWay.values().length, cells.size());
        for (JsonNode cell : cells) {
            assertEquals(4, cell.path("questions").asInt(), cell.toString());
            assertEquals(4, cell.path("answered").asInt(), cell.toString());
            assertTrue(cell.path("tokens").asDouble() <= cell.path("tokensSent").asDouble(), cell.toString());
        }
        assertEquals(cells.get(0).path("tokensSent"), cells.get(0).path("tokens"));
        assertTrue(Files.readString(folder.resolve("loss.svg")).contains("</svg>"));
    }

    @Test
    void refusesLossesBeforeItLooksAtAPicture() throws Exception {
        String data = TinyData.write(folder.resolve("data"), 1).toString();
        for (String wrong : List.of("-1", "91", "NaN")) {
            CommandFailedException thrown = assertThrows(CommandFailedException.class,
                    () -> CommandLine.populateCommand(new LossBenchCommand(), "--pack", TinyPack.folder().toString(),
                            "--data", data, "--losses", "10," + wrong).call());
            assertTrue(thrown.getMessage().contains("needed 0 to 90"), thrown.getMessage());
        }
    }

    private static LossCell.Asked asked(String image, boolean answered, boolean right) {
        return new LossCell.Asked(image, answered, right, answered ? 12 : 0, answered ? 16 : 0, 1_000_000);
    }
}
