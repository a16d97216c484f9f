package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final long MILLI = 1_000_000;
    /** Over a clock that wraps. */
    private static final long START = Long.MAX_VALUE - 700 * MILLI;

    @Test
    void doubtsOnlyAfterSomethingWasSent() {
        Doubt doubt = new Doubt();
        assertFalse(doubt.doubtful(START + 60_000 * MILLI, START, MILLI));
        doubt.sent(START, START - 10_000 * MILLI);
        assertFalse(doubt.doubtful(START + 539 * MILLI, START - 10_000 * MILLI, 10 * MILLI));
        assertTrue(doubt.doubtful(START + 540 * MILLI, START - 10_000 * MILLI, 10 * MILLI));
        assertFalse(doubt.doubtful(START + 540 * MILLI, START + MILLI, 10 * MILLI), "it was heard after all");
    }

    /** What counts is the first question since the edge was heard last. */
    @Property(tries = 500, seed = "29")
    void countsFromTheFirstUnheardQuestion(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 400) Integer> steps) {
        Doubt doubt = new Doubt();
        long now = START;
        long heard = START;
        long first = -1;
        for (int step : steps) {
            now += step * MILLI;
            if (step % 3 == 0) {
                heard = now;
                first = -1;
            } else if (step % 3 == 1) {
                doubt.sent(now, heard);
                first = first == -1 ? now : first;
            }
            assertEquals(first != -1 && now - first >= 500 * MILLI, doubt.doubtful(now, heard, 0));
        }
    }
}
