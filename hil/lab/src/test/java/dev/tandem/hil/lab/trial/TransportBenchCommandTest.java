package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Failures;
import dev.tandem.hil.lab.NoLeaks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(120)
@ExtendWith(NoLeaks.class)
class TransportBenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        String[] all = Stream.concat(Stream.of("--pack", Tiny.folder().toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return new CommandLine(new TransportBenchCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(new Failures()).execute(all);
    }

    @ParameterizedTest
    @CsvSource({"--exchanges,0,1 to 1000000", "--exchanges,-5,1 to 1000000", "--devices,0,1 to 1000000",
            "--devices,1000001,1 to 1000000", "--idle,-1,0 to 1000000", "--attacks,0,1 to 14",
            "--minutes,0.0,'above 0, at most 1440'",
            "--minutes,-1.0,'above 0, at most 1440'", "--minutes,NaN,'above 0, at most 1440'",
            "--minutes,Infinity,'above 0, at most 1440'"})
    void whatCannotBeIsRefusedInWords(String option, String value, String needed) {
        assertEquals(ExitCodes.USAGE, run(option + "=" + value), err.toString());
        assertTrue(err.toString().startsWith(option + " [" + value + "]: needed " + needed), err.toString());
        assertFalse(err.toString().contains("tandem: "), "no trial has begun");
        assertEquals("", out.toString());
    }

    @Test
    void aTrialThatIsNoneIsRefusedBeforeTheFirstBegins() {
        assertEquals(ExitCodes.USAGE, run("--trials", "overhead,flood"), err.toString());
        assertTrue(err.toString().contains("--trials [flood]: needed some of thin,blocked,roaming,overhead,crowd,soak,"
                + "abuse,sharing"), err.toString());
        assertFalse(err.toString().contains("overhead ..."), err.toString());
    }

    @Test
    void aNumberThatIsNoneIsWrongUse() {
        assertEquals(ExitCodes.USAGE, run("--devices", "many"));
        assertTrue(err.toString().contains("many"), err.toString());
    }

    @Test
    void aTrialPrintsItsRowsForMachines() throws Exception {
        assertEquals(ExitCodes.OK, run("--trials", "overhead", "--seed", "9", "--json"), err.toString());
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertEquals(9, found.path("seed").asInt());
        assertTrue(found.path("machine").path("cores").asInt() > 0, out.toString());
        assertEquals(20, found.path("rows").size());
        assertEquals(List.of("trial", "measure", "value", "reach", "reached"),
                found.path("rows").path(0).propertyStream().map(each -> each.getKey()).toList());
        assertTrue(err.toString().contains("overhead ..."), err.toString());
    }

    @Test
    void aRowSaysWhetherItWasReached() {
        assertNull(TrialRow.of("t", "m", 3).reached());
        assertEquals("", TrialRow.of("t", "m", 3).reach());
        assertTrue(TrialRow.atMost("t", "m", 2, 2).reached() && !TrialRow.atMost("t", "m", 2.1, 2).reached());
        assertTrue(TrialRow.atLeast("t", "m", 2, 2).reached() && !TrialRow.atLeast("t", "m", 1.9, 2).reached());
        assertTrue(TrialRow.exactly("t", "m", 0, 0).reached() && !TrialRow.exactly("t", "m", 1, 0).reached());
        assertFalse(TrialRow.atMost("t", "m", Double.NaN, 2).reached());
        assertFalse(TrialRow.atLeast("t", "m", Double.NaN, 2).reached());
    }
}
