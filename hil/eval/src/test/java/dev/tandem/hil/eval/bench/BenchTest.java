package dev.tandem.hil.eval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();

    private int run(Object command, String... arguments) {
        return new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .setExecutionExceptionHandler(new Failures()).execute(arguments);
    }

    @Test
    void theLanguageModelIsMeasuredAfterItsGoldenQuestions() throws IOException {
        assertEquals(0,
                run(new LanguageBenchCommand(), "--pack", TinyPack.folder().toString(), "--prompt", "8", "--tokens",
                        "4", "--rounds", "1", "--threads", "1", "--json"),
                out.toString());
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertEquals("tiny-vqa", found.path("pack").asText());
        assertTrue(found.path("prefillTokensPerSecond").asDouble() > 0, out.toString());
        assertTrue(found.path("decodeTokensPerSecond").asDouble() > 0, out.toString());
    }

    @Test
    void morePositionsThanThePackHasAreWrongUse() {
        assertEquals(ExitCodes.USAGE,
                run(new LanguageBenchCommand(), "--pack", TinyPack.folder().toString(), "--prompt",
                        "100000", "--rounds", "1"),
                out.toString());
        assertFalse(out.toString().contains("\tat "), out.toString());
    }

    @Test
    void theCodecIsMeasuredOnThePacksOwnVector() throws IOException {
        assertEquals(0,
                run(new CodecBenchCommand(), "--pack", TinyPack.folder().toString(), "--seconds", "0.02", "--json"),
                out.toString());
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertEquals(4, found.path("rows").size());
        found.path("rows").forEach(row -> assertTrue(row.path("reference").asDouble() > 0, row.toString()));
    }

    @Test
    void clusteringIsMeasuredInWords() {
        assertEquals(0, run(new ClusterBenchCommand(), "--seconds", "0.01"), out.toString());
        assertTrue(out.toString().contains("729 x 1152 into 16"), out.toString());
    }

    @Test
    void aRowCountsUnitsOfEachCall() {
        AtomicInteger calls = new AtomicInteger();
        SpeedRow row = SpeedRow.measure("work", "pictures", 16, 0.02, calls::incrementAndGet, null);
        assertTrue(calls.get() > 5, "half to warm up, five rounds");
        assertTrue(row.reference() > 16 && row.reference() % 1 >= 0);
        assertNull(row.fast());
        assertTrue(Pace.callsPerSecond(0.01, () -> {
        }) > Pace.callsPerSecond(0.01, () -> LockSupport.parkNanos(1_000_000)));
    }

    @Test
    void withoutNativeCodeThereIsNothingToCompare() {
        String words = SpeedReport.of("tokens.", "There is no native code to compare with.",
                List.of(new SpeedRow("merge", "pictures", 1234.5, null), new SpeedRow("code", "pictures", 2, 5.0)))
                .words();
        assertTrue(words.contains("| merge | pictures |"), words);
        assertTrue(words.contains("1,23") && words.contains("2.5"), words);
    }
}
