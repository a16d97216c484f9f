package dev.tandem.hil.lab.trial;

import static dev.tandem.hil.lab.trial.Tiny.reached;
import static dev.tandem.hil.lab.trial.Tiny.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.lab.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The trials whose edge has a process of its own, in a short form. */
@Timeout(180)
@ExtendWith(NoLeaks.class)
class ProcessTrialsTest {

    @Test
    void aCrowdIsAsManyDevicesAsWereAskedFor() throws Exception {
        List<TrialRow> rows = CrowdTrial.run(Tiny.folder(), 6, 10, new CrowdTrial.Pace(1, 2, 1));
        assertEquals(6, value(rows, "crowd", "devices"));
        assertTrue(value(rows, "crowd", "seconds to connect them") > 0);
        double rate = value(rows, "crowd",
                "exchanges a second in all, 2 s long after 1 s to warm up, %d slice bytes each"
                        .formatted(TrialSlices.of(Tiny.pack(), 1).bytes()));
        assertTrue(rate > 5 && rate < 105, "a hundred a second were sent, found " + rate);
        reached(rows, "crowd", "errors");
        double median = value(rows, "crowd", "transport overhead, median, ms");
        assertTrue(median > 0 && median <= value(rows, "crowd", "transport overhead, p99, ms"), "median " + median);
        assertEquals(10, value(rows, "crowd", "connections held for 1 s"));
        reached(rows, "crowd", "connections held for 1 s");
        assertTrue(value(rows, "crowd", "edge process resident then, MB") > 10);
        reached(rows, "crowd", "connections lost and made anew");
    }

    @Test
    void moreDevicesThanFilesMayBeOpenAreRefusedBeforeAnythingStarts() {
        CommandFailedException refused = assertThrows(CommandFailedException.class,
                () -> CrowdTrial.run(Tiny.folder(), 1, Integer.MAX_VALUE / 2, CrowdTrial.Pace.USUAL));
        assertEquals(ExitCodes.UNAVAILABLE, refused.exitCode());
        assertTrue(refused.getMessage().contains("ulimit -n"), refused.getMessage());
    }

    @Test
    void abuseLeavesAHealthyDeviceItsAnswers() throws Exception {
        List<String> said = new ArrayList<>();
        List<TrialRow> rows = AbuseTrial.run(Tiny.folder(), 0.05, 1, 3, said::add);
        assertEquals(0.05, value(rows, "abuse", "minutes"));
        double strokes = value(rows, "abuse", "strokes: connections, or eight datagrams");
        assertTrue(strokes > 20, strokes + " strokes");
        assertTrue(value(rows, "abuse", "of them broken off by the edge") < strokes);
        double asked = value(rows, "abuse", "a healthy device's questions meanwhile");
        assertTrue(asked > 0 && asked <= 3 * 20 + 1, asked + " in three seconds, one every 50 ms");
        reached(rows, "abuse", "of them without an answer");
        reached(rows, "abuse", "buffers leaked");
        double alone = value(rows, "abuse", "its latency without the attacker, median, ms");
        double beside = value(rows, "abuse", "with the attacker, median, ms");
        assertEquals(beside / alone, value(rows, "abuse", "median with over without"), 1e-9);
        assertTrue(value(rows, "abuse", "connections left") >= 1, "its own is one of them");
        assertTrue(said.getFirst().contains("to warm up") && said.size() == 3, said.toString());
    }
}
