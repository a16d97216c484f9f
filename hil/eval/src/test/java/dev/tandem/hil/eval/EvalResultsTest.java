package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.eval.EqualPicture.Pricing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Controls, and pictures beside trained points. */
class EvalResultsTest {
    private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();

    /** So many of ten questions answered rightly, each about a picture of its own. */
    private PointSummary point(String name, int right, long bytes, int known) {
        Outcomes all = new Outcomes();
        for (int i = 0; i < 10; i++) {
            all.ask("p" + i, "object", "What?", "cat", i < right ? "cat" : "dog", bytes, known);
        }
        outcomes.put(name, all.list());
        return PointSummary.of(name, name, Exam.QUESTION, all.list(), null);
    }

    @Test
    void aTrainedPointStandsBesideTheCheapestPictureAsAccurate() {
        PointSummary trained = point("c8", 5, 100, -1);
        List<PointSummary> all = List.of(trained, point("raw", 9, 50, -1), point("bad", 4, 120, 27),
                point("small", 5, 300, 27), point("tables", 6, 400, 300), point("large", 9, 900, 27));
        EqualPicture file = EqualPicture.of(trained, Pricing.FILE, all, outcomes);
        assertEquals("small", file.picture());
        assertEquals(300, file.bytes());
        assertEquals(3, file.ratio());
        assertEquals(0, file.difference().value());
        // 50 for the frame that asks, one packet, the answer's acknowledgements.
        double beside = 50 + PointCost.PACKET + PointCost.ACKNOWLEDGEMENTS;
        assertEquals((300 + beside) / (100 + beside), file.questionRatio(), 1e-12);
        EqualPicture unknown = EqualPicture.of(trained, Pricing.UNKNOWN, all, outcomes);
        assertEquals("tables", unknown.picture());
        assertEquals(100, unknown.bytes());
        assertEquals(0.1, unknown.difference().value(), 1e-12);
    }

    @Test
    void wherePicturesDoNotReachItNoneIsNamed() {
        PointSummary trained = point("c8", 5, 100, -1);
        EqualPicture none = EqualPicture.of(trained, Pricing.FILE, List.of(trained, point("bad", 4, 120, 27)),
                outcomes);
        assertNull(none.picture());
        assertTrue(EvalTables.equal(List.of(none)).contains("none of those tried"));
        assertEquals("", EvalTables.equal(List.of()));
    }

    @Test
    void theCommonestAnswerOfEachKindNeedsNoPicture() {
        Outcomes asked = new Outcomes();
        asked.ask("a", "colour", "Which?", "Red", "blue").ask("b", "colour", "Which?", "red", "blue")
                .ask("c", "colour", "Which?", "blue", "blue").ask("a", "number", "How many?", "two", "two")
                .ask("b", "number", "How many?", "one", "two");
        List<Outcome> said = CommonestAnswer.outcomes(asked.list());
        assertEquals(List.of("red", "red", "red", "one", "one"), said.stream().map(Outcome::said).toList());
        assertEquals(List.of(true, true, false, false, true), said.stream().map(Outcome::right).toList());
        Outcomes presence = new Outcomes();
        presence.ask("a", "present", "Is there a cat?", "yes", "no").ask("a", "random", "Is there a boat?", "no", "no")
                .ask("a", "popular", "Is there a person?", "no", "no").ask("a", "number", "How many?", "two", "two");
        assertEquals(List.of("no", "no", "no", "two"),
                CommonestAnswer.outcomes(presence.list()).stream().map(Outcome::said).toList());
        assertTrue(said.stream().allMatch(one -> one.wireBytes() == 0 && one.askBytes() == 0));
    }
}
