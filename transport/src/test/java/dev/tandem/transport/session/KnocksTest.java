package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnocksTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int EACH = 10;

    private final Knocks knocks = new Knocks(EACH, 0);

    private long heard(String from, boolean known, int of, long now) {
        return IntStream.range(0, of).filter(i -> knocks.heard(from, known, now)).count();
    }

    @Test
    void oneAddressHasSoManyAtOnceAndASecond() {
        assertEquals(EACH, heard("a", false, 100, 0));
        assertEquals(EACH / 2, heard("a", false, 100, SECOND / 2));
        assertEquals(EACH, heard("b", false, 100, SECOND / 2));
    }

    @Test
    void allStrangersHaveFourTimesAsManyAndTakeNoneOfTheKnown() {
        long all = IntStream.range(0, 50).mapToLong(i -> heard("s" + i, false, 3, 0)).sum();
        assertEquals(Knocks.STRANGERS * EACH, all);
        assertFalse(knocks.heard("new", false, 0));
        assertEquals(Knocks.KNOWN * EACH, heard("device", true, 1_000, 0));
        assertTrue(knocks.heard("other device", true, 0));
    }

    @Test
    void whoBecomesKnownHasWhatTheKnownHave() {
        heard("a", false, 100, 0);
        assertTrue(knocks.heard("a", true, 0));
    }

    @Test
    void whoIsRefusedAtItsOwnAddressCostsTheOtherStrangersNothing() {
        heard("greedy", false, 1_000, 0);
        assertEquals((Knocks.STRANGERS - 1) * EACH,
                IntStream.range(0, 30).filter(i -> knocks.heard("s" + i, false, 0)).count());
    }

    @Test
    void addressesAreNotKeptWithoutEnd() {
        for (int i = 0; i < 100_000; i++) {
            knocks.heard("s" + i, false, i * SECOND);
        }
        assertEquals(EACH, heard("s0", false, 100, 100_000 * SECOND), "forgotten, so it begins anew");
    }
}
