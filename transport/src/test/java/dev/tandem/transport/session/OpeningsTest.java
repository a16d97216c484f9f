package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.session.Openings.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OpeningsTest {
    private static final int COPIES = 3;

    /** Against two sets; small steps, and now and then one of the size of the window. */
    @Property(tries = 1_000, seed = "26")
    void opensEachIdOnce(@ForAll @Size(max = 200) List<@IntRange(max = 99_999) Integer> steps) {
        Openings openings = new Openings(COPIES);
        Set<Long> opened = new HashSet<>();
        Set<Long> copied = new HashSet<>();
        long highest = 0;
        for (int step : steps) {
            long id = Math.max(1, highest - 6 + step % 10 + (step % 37 == 0 ? Openings.WINDOW - 5 : 0));
            boolean used = highest - id >= Openings.WINDOW || opened.contains(id);
            assertEquals(used, openings.opened(id));
            if (step % 3 == 0) {
                boolean opens = !used && copied.size() < COPIES;
                assertEquals(opens, openings.copied(id));
                if (!opens) {
                    continue;
                }
                copied.add(id);
            } else {
                Outcome expected = copied.remove(id) ? Outcome.REPEATED : used ? Outcome.USED : Outcome.NEW;
                assertEquals(expected, openings.asked(id));
                if (expected == Outcome.USED) {
                    continue;
                }
            }
            opened.add(id);
            highest = Math.max(highest, id);
            assertEquals(highest, openings.highest());
        }
    }

    /** A leap over the whole window leaves no mark of an id that had the same place. */
    @Test
    void opensAnewWhatLiesBehindALeap() {
        Openings openings = new Openings(COPIES);
        assertEquals(Outcome.NEW, openings.asked(5));
        assertEquals(Outcome.NEW, openings.asked(2 * Openings.WINDOW));
        assertFalse(openings.opened(5 + Openings.WINDOW));
        assertEquals(Outcome.NEW, openings.asked(5 + Openings.WINDOW));
        assertEquals(Outcome.USED, openings.asked(5 + Openings.WINDOW));
    }

    @Test
    void forgetsWhatLeftTheWindowButNotOpenItAgain() {
        Openings openings = new Openings(COPIES);
        assertEquals(Outcome.NEW, openings.asked(1));
        assertEquals(Outcome.NEW, openings.asked(Openings.WINDOW));
        assertEquals(Outcome.NEW, openings.asked(2), "overtaken, and still in the window");
        assertEquals(Outcome.NEW, openings.asked(Openings.WINDOW + 1), "has the place of 1");
        assertTrue(openings.opened(1));
        assertEquals(Outcome.USED, openings.asked(1));
        assertEquals(Outcome.NEW, openings.asked(0xFFFF_FFFFL));
        assertFalse(openings.opened(0xFFFF_FFFEL));
        assertEquals(Outcome.USED, openings.asked(3));
    }
}
