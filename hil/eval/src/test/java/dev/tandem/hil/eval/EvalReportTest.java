package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.report.Machine;
import dev.tandem.method.Knobs;
import dev.tandem.method.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvalReportTest {
    private static final Knobs ANY = new Knobs() {
    };
    private static final EvalPoint TRAINED = EvalPoint.of(new Point(3, "c16", "learned", ANY));
    private static final EvalPoint PICTURE = EvalPoint.of(new Point(0, "jpeg-q10", "picture", ANY));

    private static Outcome outcome(int row, String image, String kind, boolean right, boolean near, long bytes) {
        return new Outcome(row, image, kind, "What?", "yes", "x", right, near, bytes, 1, 40, 1, -1, 16, 2_000_000,
                4_000_000, 1,
                6_000_000L * (row + 1), null, null);
    }

    private static List<Outcome> outcomes(boolean... right) {
        List<Outcome> all = new ArrayList<>();
        for (int row = 0; row < right.length; row++) {
            all.add(outcome(row, "p" + row / 2, row % 2 == 0 ? "yesno" : "number", right[row], true, 100 + row / 2));
        }
        return all;
    }

    private static EvalReport report(Exam exam, List<PointSummary> points) {
        return new EvalReport(2, "pack 1", "0123456789abcdef", exam.word(), "data.zip", "test.tsv", "ff", 4, 2, 0, 1,
                Conditions.USUAL, "c16",
                2, Machine.here(), points, List.of(), List.of());
    }

    @Test
    void aPointIsSummedUpByPicturesAndByQuestions() {
        PointSummary summary = PointSummary.of(TRAINED, Exam.QUESTION, outcomes(true, false, true, true), null);
        assertEquals("learned", summary.series());
        assertEquals(4, summary.questions());
        assertEquals(2, summary.pictures());
        assertEquals(0.75, summary.accuracy().value());
        assertEquals(100.5, summary.bytes());
        assertEquals(88.5, summary.cost().slices());
        assertEquals(140.5, summary.cost().question());
        assertEquals(140.5 + PointCost.PACKET + PointCost.ACKNOWLEDGEMENTS, summary.cost().encrypted());
        assertNull(summary.cost().known());
        assertEquals(16, summary.units());
        assertEquals(2, summary.deviceMillis());
        assertEquals(4, summary.edgeMillis());
        assertEquals(15, summary.answerMillis(), "6, 12, 18 and 24 ms");
        assertEquals(1, summary.kinds().get("yesno").accuracy().value());
        assertEquals(0.5, summary.kinds().get("number").accuracy().value());
        assertNull(summary.near());
        assertNull(summary.difference());
    }

    @Test
    void differencesArePairedByQuestion() {
        List<Outcome> base = outcomes(true, true, true, false);
        List<Outcome> some = outcomes(true, false, true, false).subList(0, 3);
        PointSummary summary = PointSummary.of(PICTURE, Exam.QUESTION, some, base);
        assertEquals(-1 / 3.0, summary.difference().value(), 1e-12);
        assertEquals("jpeg", summary.series());
    }

    @Test
    void questionsAreToldByKind() {
        List<Outcome> base = outcomes(true, false, true, true);
        EvalReport report = report(Exam.QUESTION, List.of(PointSummary.of(TRAINED, Exam.QUESTION, base, null),
                PointSummary.of(PICTURE, Exam.QUESTION, outcomes(true, true, true, true), base)));
        String words = report.markdown();
        assertTrue(words.contains("4 questions on 2 pictures; pack pack 1 (0123456789ab...)"), words);
        assertTrue(words.contains("with ask") && words.contains("encrypted"), words);
        assertTrue(words.contains("exact match %") && words.contains("yesno (2)") && words.contains("+25.0"), words);
        assertFalse(words.contains("top-5"), words);
        assertTrue(report.svg().contains("learned") && report.svg().contains("jpeg"));
    }

    @Test
    void classesHaveTheirFirstFive() {
        List<Outcome> all = List.of(outcome(0, "a", "all", true, true, 0), outcome(1, "b", "all", false, true, 0),
                outcome(2, "c", "all", false, false, 0), outcome(3, "d", "all", false, true, 0));
        PointSummary summary = PointSummary.of(TRAINED, Exam.CLASSIFY, all, null);
        assertEquals(0.25, summary.accuracy().value());
        assertEquals(0.75, summary.near().value());
        EvalReport report = report(Exam.CLASSIFY, List.of(summary));
        assertTrue(report.markdown().contains("the classes of 2 pictures"), report.markdown());
        assertTrue(report.markdown().contains("top-1 %") && report.markdown().contains("top-5 %"), report.markdown());
        assertFalse(report.svg().contains("c16:"), "what cost no bytes has no place on a logarithmic axis");
    }

    /** Four pictures of 200 patches: one stays on the device, of the others 100, 50 and 150 patches go. */
    @Test
    void whatStaysOnTheDeviceIsCounted() {
        List<Outcome> all = new ArrayList<>();
        for (int sent : new int[]{0, 100, 50, 150}) {
            all.add(new Outcome(all.size(), "p" + all.size(), "all", "", "x", "x", true, true, 10 * sent,
                    sent == 0 ? 0 : 1, 0, sent == 0 ? 0 : 1, -1, sent, 1, 1, 1, 1, new SquaresSent(sent, 200), null));
        }
        PointSummary summary = PointSummary.of(TRAINED, Exam.CLASSIFY, all, null);
        assertEquals(0.25, summary.here());
        assertEquals(new SquaresCost(100, 200, 0.375), summary.squares());
        assertEquals(0.75 * 100 / 200, summary.squares().cost(), "the share that is sent times what goes of it");
        assertEquals(750, summary.bytes(), "nothing counts too");
        assertEquals(750 + 0.75 * (PointCost.PACKET + PointCost.ACKNOWLEDGEMENTS), summary.cost().encrypted());
        EvalReport report = report(Exam.CLASSIFY, List.of(summary));
        assertTrue(report.markdown().contains("0.3750"), report.markdown());
        assertTrue(report.costSvg().orElseThrow().contains("c16: 38, 100.0 %"), report.costSvg().orElseThrow());
        EvalReport others = report(Exam.QUESTION,
                List.of(PointSummary.of(TRAINED, Exam.QUESTION, outcomes(true, true), null)));
        assertTrue(others.costSvg().isEmpty());
        assertFalse(others.markdown().contains("cost C"), others.markdown());
    }

    @Test
    void aSampleSaysHowItWasDrawn() {
        EvalReport all = report(Exam.QUESTION, List.of());
        EvalReport sample = new EvalReport(2, all.pack(), all.packSha256(), all.task(), all.data(), all.table(), "ff",
                4, 2,
                4, 9, new Conditions("peak", 0.1, "raw"), "c16", 2, all.machine(), List.of(), List.of(), List.of());
        assertTrue(sample.markdown().contains("(sample, seed 9)"));
        assertTrue(sample.markdown().contains(" The head peak answers. 10 % of the slices are lost by chance. Right is"
                + " what the point raw answers.\n"), sample.markdown());
        assertTrue(sample.markdown().contains("the same class as raw, %"), sample.markdown());
        assertFalse(all.markdown().contains("seed"));
    }
}
