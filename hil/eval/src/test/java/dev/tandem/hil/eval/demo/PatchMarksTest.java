package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.MadeBy;
import dev.tandem.method.Look;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What became of the patches. */
class PatchMarksTest {
    private static final Grid GRID = new Grid(4, 3);
    private static final byte[][] SENT = {{7, 2}, {9}, {11, 0}};

    @Test
    void whereAllArrivedAllAreLit() {
        PatchMarks marks = PatchMarks.of(GRID, Grid.answer(4, 5, new BitSet(), SENT));
        assertEquals(new PatchMarks(Grid.set(0, 2, 7, 9, 11), new BitSet(), 0, true), marks);
        assertEquals("5 of 12 patches sent", marks.words(12));
    }

    @Test
    void whatWasInALostSliceIsLost() {
        PatchMarks marks = PatchMarks.of(GRID, Grid.answer(3, 4, Grid.set(0, 1, 3), SENT));
        assertEquals(new PatchMarks(Grid.set(0, 2, 7, 11), Grid.set(9), 1, true), marks);
        assertEquals("5 of 12 patches sent, 1 of them lost", marks.words(12));
    }

    @Test
    void whatTheEdgeDidNotSayIsNotMadeUp() {
        PatchMarks marks = PatchMarks.of(GRID, Grid.answer(3, 3, Grid.set(0), SENT));
        assertEquals(new PatchMarks(Grid.set(0, 2, 7, 9, 11), new BitSet(), 2, false), marks);
        assertTrue(marks.words(12).contains("2 of them lost (which ones the edge did not say)"), marks.words(12));
    }

    @Test
    void aDeviceThatAnsweredSentNothing() {
        DeviceAnswer here = new DeviceAnswer(new MadeBy.Device("sure"), List.of(), "p", 0, 0, 0, new WireBytes(0, 0),
                Map.of(), new AnswerSummary("", Map.of(), Map.of()), 1, 1, 1, new Look.Here(List.of(), Map.of()),
                new BitSet());
        PatchMarks marks = PatchMarks.of(GRID, here);
        assertEquals(0, marks.sent());
        assertEquals("nothing was sent of 12 patches", marks.words(12));
    }
}
