package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.report.Interval;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class YesNoTest {
    /** 30 pictures with a thing that is there and, by three kinds, three that are not. */
    private static List<Outcome> presence(String present, String random, String popular, String adversarial) {
        Outcomes all = new Outcomes();
        for (int i = 0; i < 30; i++) {
            all.ask("p" + i, "present", "Is there a cat in the image?", "yes", present);
            all.ask("p" + i, "random", "Is there a boat in the image?", "no", random);
            all.ask("p" + i, "popular", "is there a person in the image?", "no", popular);
            all.ask("p" + i, "adversarial", "Are there dogs in the image?", "no", adversarial);
        }
        return all.list();
    }

    @Test
    void alwaysTheSameIsWorthHalfHoweverManyAreSo() {
        for (String word : List.of("yes", "no", "No.")) {
            YesNo one = YesNo.of(presence(word, word, word, word), null);
            assertEquals(0.5, one.balanced().value(), 1e-12);
            assertEquals(30, one.yes());
            assertEquals(90, one.no());
            assertNull(one.difference());
        }
    }

    @Test
    void eachKindOfAbsentThingsIsBalancedAgainstThePresentOnes() {
        YesNo one = YesNo.of(presence("yes", "no", "no", "yes"), null);
        assertEquals(Set.of("random", "popular", "adversarial"), one.kinds().keySet());
        assertEquals(1, one.kinds().get("random").value());
        assertEquals(0.5, one.kinds().get("adversarial").value());
        assertEquals((1 + 2 / 3.0) / 2, one.balanced().value(), 1e-12);
        assertEquals(1, one.recall().value());
        assertEquals(30, one.present());
        assertEquals(1, one.presence().value());
    }

    @Test
    void aKindWithBothStandsByItselfAndOtherWordsAreLeftOut() {
        Outcomes all = new Outcomes();
        all.ask("a", "yesno", "Is it red?", "yes", "no").ask("b", "yesno", "Is it red?", "no", "no");
        all.ask("a", "object", "What?", "cat", "yes").ask("c", "yesno", "Is there snow?", "yes", "yes");
        YesNo one = YesNo.of(all.list(), null);
        assertEquals(Set.of("yesno"), one.kinds().keySet());
        assertEquals(0.75, one.balanced().value());
        assertEquals(1, one.present());
        assertNull(YesNo.of(new Outcomes().ask("a", "object", "What?", "cat", "cat").list(), null));
        YesNo half = YesNo.of(new Outcomes().ask("a", "yesno", "Is it?", "yes", "yes").list(), null);
        assertNull(half.balanced());
        assertEquals(1, half.recall().value());
    }

    @Test
    void theDifferenceIsBalancedAndByQuestion() {
        List<Outcome> base = presence("no", "no", "no", "no");
        YesNo one = YesNo.of(presence("yes", "no", "no", "no"), base);
        assertEquals(0.5, one.difference().value(), 1e-12);
        assertEquals(0, YesNo.of(base, base).difference().value());
        // Two answers of one side against a third of the other: -1/6 + 1/4 ... with a picture each, by hand.
        Outcomes before = new Outcomes().ask("a", "k", "Is it?", "yes", "no").ask("b", "k", "Is it?", "yes", "no")
                .ask("c", "k", "Is it?", "no", "no").ask("d", "k", "Is it?", "no", "no");
        Outcomes after = new Outcomes().ask("a", "k", "Is it?", "yes", "yes").ask("b", "k", "Is it?", "yes", "no")
                .ask("c", "k", "Is it?", "no", "no").ask("d", "k", "Is it?", "no", "no");
        Interval difference = YesNo.of(after.list(), before.list()).difference();
        assertEquals(0.25, difference.value(), 1e-12);
        // Influences are +-1/8 for a and b, 0 for c and d: variance 2/64 * 4/3.
        assertEquals(0.25 + 1.959964 * Math.sqrt(2 / 64.0 * 4 / 3), difference.high(), 1e-6);
    }

    @Test
    void intervalsAreByPicture() {
        Outcomes apart = new Outcomes();
        Outcomes together = new Outcomes();
        for (int i = 0; i < 80; i++) {
            String answer = i % 2 == 0 ? "yes" : "no";
            String said = i / 4 % 2 == 0 ? answer : "what";
            apart.ask("p" + i, "k", "Is it?", answer, said);
            together.ask("p" + i / 4, "k", "Is it?", answer, said);
        }
        Interval one = YesNo.of(apart.list(), null).balanced();
        Interval other = YesNo.of(together.list(), null).balanced();
        assertEquals(one.value(), other.value());
        assertTrue(other.high() - other.low() > 1.8 * (one.high() - one.low()), one + " and " + other);
    }
}
