package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.MadeBy;
import dev.tandem.edge.serve.Stage;
import dev.tandem.hil.report.Machine;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final long MS = 1_000_000;

    /** 20 ms of looking, 100 ms in all; at the edge 30 ms of waiting, 10 to the first part, 35 in all. */
    private static DeviceAnswer answer(long firstPart, long total) {
        Map<String, Long> edge = Map.of(Stage.QUEUE, 30 * MS, Stage.FIRST_PART, firstPart == 0 ? 0 : 40 * MS,
                Stage.TOTAL,
                65 * MS);
        return new DeviceAnswer(new MadeBy.Edge("words"), List.of(), "c16", 2, 600, 700, new WireBytes(900, 80),
                Map.of(),
                new AnswerSummary("words", Map.of(), edge), 20 * MS, firstPart, total, null,
                new BitSet());
    }

    @Test
    void theMillisecondsAreDealtOutOnce() {
        Times times = Times.of(answer(70 * MS, 100 * MS));
        assertEquals(20, times.device());
        assertEquals(10, times.edge());
        assertEquals(70, times.firstPart());
        assertEquals(100, times.total());
        assertEquals(30, times.answer());
        // Of 100 ms the device worked 20 and the edge 35: the rest is the link's, the wait for slices too.
        assertEquals(45, times.link());
    }

    @Test
    void anAnswerWithoutAPartEndsWhenItEnds() {
        Times times = Times.of(answer(0, 100 * MS));
        assertEquals(35, times.edge());
        assertEquals(100, times.firstPart());
        assertEquals(0, times.answer());
    }

    @Test
    void aRowHasMediansOfTimesAndMeansOfBytes() {
        LinkCell cell = LinkCell.of("c16", 50, List.of(answer(70 * MS, 100 * MS), answer(80 * MS, 120 * MS),
                answer(90 * MS, 400 * MS)), 1100);
        assertEquals(3, cell.pictures());
        assertEquals(700, cell.bytes());
        assertEquals(900, cell.wireBytes());
        assertEquals(1100, cell.relayBytes());
        assertEquals(80, cell.firstWord());
        assertEquals(120, cell.total());
        LinkReport report = new LinkReport(5, "pack 1", "question", "data.zip", 2, "quic", Machine.here(),
                List.of(cell, LinkCell.of("jpeg-q10", 0, List.of(answer(70 * MS, 100 * MS)), 0)));
        assertTrue(report.markdown().contains("task question, 3 pictures a row; pack pack 1"), report.markdown());
        assertTrue(report.svg().contains("c16, 50 KB/s") && report.svg().contains("jpeg-q10, no limit"), report.svg());
    }
}
