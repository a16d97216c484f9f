package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.transport.frame.Slice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
        assertEquals(12, cell.used(), 1e-12);
        assertEquals(1, cell.millis(), 1e-12);
        assertNull(LossCell.of(LossWay.USUAL, 0, base, null).difference());
    }

    @Test
    void onlyTheShuffledWayTouchesTheOrder() {
        List<Slice> slices = IntStream.range(0, 5).mapToObj(i -> new Slice(i, 0, new byte[i])).toList();
        assertEquals(slices, LossWay.USUAL.order(slices, 3));
        assertEquals(slices, LossWay.HURRIED.order(slices, 3));
        List<Slice> shuffled = LossWay.HURRIED_SHUFFLED.order(slices, 3);
        List<Integer> order = shuffled.stream().map(slice -> slice.bytes().length).toList();
        assertEquals(List.of(0, 1, 2, 3, 4), shuffled.stream().map(Slice::index).toList());
        assertEquals(List.of(0, 1, 2, 3, 4), order.stream().sorted().toList());
        assertNotEquals(List.of(0, 1, 2, 3, 4), order);
        assertEquals(order,
                LossWay.HURRIED_SHUFFLED.order(slices, 3).stream().map(slice -> slice.bytes().length).toList());
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
            assertTrue(cell.path("used").asDouble() <= cell.path("sent").asDouble(), cell.toString());
        }
        assertEquals(cells.get(0).path("sent"), cells.get(0).path("used"));
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

    @Test
    void aPointOfWhichHalfIsNothingIsRefused() throws Exception {
        String data = TinyData.write(folder.resolve("data"), 1).toString();
        CommandFailedException thrown = assertThrows(CommandFailedException.class,
                () -> CommandLine.populateCommand(new LossBenchCommand(), "--pack", TinyPack.folder().toString(),
                        "--data", data, "--point", "jpeg-q10", "--quiet").call());
        assertTrue(thrown.getMessage().contains("half a picture of it is none"), thrown.getMessage());
    }

    private static LossCell.Asked asked(String image, boolean answered, boolean right) {
        return new LossCell.Asked(image, answered, right, answered ? 12 : 0, answered ? 16 : 0, 1_000_000);
    }
}
