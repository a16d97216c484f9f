package dev.tandem.hil.lab.trial;

import static dev.tandem.hil.lab.trial.Tiny.reached;
import static dev.tandem.hil.lab.trial.Tiny.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.transport.frame.FrameHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each trial of this process in a short form: its rows say what was put in. */
@Timeout(180)
@ExtendWith(NoLeaks.class)
class TrialsTest {
    /** IP, TCP and TLS of one record: the least that a slice costs. */
    private static final int IP_TCP = 40;

    @Test
    void blockedUdpFallsBackToTcp() throws Exception {
        List<TrialRow> rows = BlockedTrial.run(Tiny.pack(), 1, 3);
        double alone = value(rows, "UDP blocked from the start", "first answer over TCP alone, ms, connecting counted");
        // 20 ms each way: TCP's handshake, TLS's, the hello, the question are a round trip each.
        assertTrue(alone > 4 * 40 * 0.95, "an answer after " + alone + " ms");
        double more = value(rows, "UDP blocked from the start", "more than that over auto, ms");
        assertTrue(more < 10_000, "over auto " + more + " ms later");
        reached(rows, "UDP blocked in mid-exchange", "completed or reported after, ms");
        reached(rows, "cut for 20 s in mid-exchange", "completed or reported after, ms");
        assertEquals(4, rows.size());
    }

    @Test
    void roamingLosesNothing() throws Exception {
        List<TrialRow> rows = RoamingTrial.run(Tiny.pack(), 6, 3);
        String name = "address changes";
        assertEquals(6, value(rows, name, "changes"));
        assertEquals(18, value(rows, name, "exchanges"));
        double seen = value(rows, name, "changes that the edge saw");
        assertTrue(seen >= 1 && seen <= 6, "seen by the edge: " + seen);
        reached(rows, name, "exchanges lost");
        reached(rows, name, "exchanges without answer or reason after 30 s");
        reached(rows, name, "connections needed");
    }

    @Test
    void overheadIsWhatCrossedTheWireLessTheSlices() throws Exception {
        List<TrialRow> rows = OverheadTrial.run(Tiny.pack(), 3, 3);
        for (int wanted : new int[]{1, 4}) {
            TrialSlices picture = TrialSlices.of(Tiny.pack(), wanted);
            for (String way : List.of("QUIC", "TCP")) {
                String name = "overhead, " + picture.slices().size() + " slices, " + way;
                assertEquals(picture.bytes(), value(rows, name, "slice bytes"));
                double beside = value(rows, name, "bytes up beside the slices");
                double least = FrameHeader.BYTES * (1 + picture.slices().size()) + IP_TCP;
                assertTrue(beside > least && beside < least + 2_000, name + ": " + beside + " bytes");
                double down = value(rows, name, "bytes down");
                assertTrue(down > IP_TCP + FrameHeader.BYTES && down < 3_000, name + ": down " + down);
                // Certificates go both ways in the handshake.
                assertTrue(value(rows, name, "bytes up to connect") > 500, name);
                assertTrue(value(rows, name, "bytes down to connect") > 500, name);
            }
        }
        assertEquals(20, rows.size());
    }

    @Test
    void aThinLinkTakesItsBytesOverItsRate() throws Exception {
        List<TrialRow> rows = ThinLinkTrial.run(Tiny.pack(), 4, 3);
        int slices = TrialSlices.of(Tiny.pack(), 8).slices().size();
        int bytes = TrialSlices.of(Tiny.pack(), 8).bytes();
        for (String loss : List.of("no loss", "5 % bursts")) {
            for (String way : List.of("QUIC", "TCP")) {
                String name = "50 KB/s, 40 ms, " + loss + ", " + way;
                double up = value(rows, name, "bytes up an exchange, UDP or TCP payload");
                assertTrue(up > bytes && up < 4.0 * bytes + 4_000, name + ": up " + up + " of " + bytes);
                double ideal = value(rows, name, "bytes/rate + RTT/2, ms");
                assertEquals(up / 50_000 * 1_000 + 20, ideal, 1e-6, name);
                double here = value(rows, name, "slices here when decoding began, of 8");
                assertTrue(here > 0 && here <= slices, name + ": " + here + " slices");
                double median = value(rows, name, "median, ms");
                assertTrue(median >= 20 && median <= value(rows, name, "p99, ms"), name + ": median " + median);
            }
        }
    }

    @Test
    void aSoakCountsEveryExchangeAndSaysHowEachRoundWent() throws Exception {
        List<String> said = new ArrayList<>();
        List<Fault> faults = List.of(Fault.NONE, Fault.DUPLICATE, Fault.REORDER, Fault.ROAMING);
        List<TrialRow> rows = SoakTrial.run(Tiny.pack(), 0.0001, new SoakTrial.Pace(faults, 2), 3, said::add);
        // Three rounds of four faults, four devices: two questions during each and at least one to recover.
        double asked = value(rows, "soak", "exchanges asked");
        assertTrue(asked >= 3 * 4 * 4 * 3 && asked % 4 == 0, asked + " asked");
        assertEquals(asked, value(rows, "soak", "answered") + value(rows, "soak", "ended with a reason"));
        double during = faults.stream().mapToDouble(each -> value(rows, "soak", "of them during " + each)).sum();
        assertEquals(value(rows, "soak", "ended with a reason"), during);
        assertEquals(0, value(rows, "soak", "of them during NONE"));
        reached(rows, "soak", "ended with neither, on the device");
        reached(rows, "soak", "the same, on the edge");
        assertTrue(value(rows, "soak", "connections made") >= 4);
        assertEquals(3, said.size());
        assertTrue(said.getLast().startsWith("round 2: ") && said.getLast().contains("connections"), said.toString());
    }
}
