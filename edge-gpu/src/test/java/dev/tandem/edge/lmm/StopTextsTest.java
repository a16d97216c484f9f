package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    @Test
    void withoutStopTextsEverythingPassesAtOnce() {
        StopTexts none = new StopTexts(List.of());
        assertEquals("\n", none.pass("\n"));
        assertEquals("", none.finish());
    }

    @Test
    void theBeginningOfAStopTextIsHeldBackUntilItIsCertain() {
        StopTexts stops = new StopTexts(List.of("\nUser:", "END"));
        assertEquals("a", stops.pass("a\n"));
        assertEquals("\nUx", stops.pass("Ux"));
        assertEquals("", stops.pass("\nUse"));
        assertEquals("", stops.pass("r: more"));
        assertTrue(stops.hit());
        assertEquals("", stops.pass("never"));
        assertEquals("", stops.finish());
    }

    @Test
    void whatWasHeldBackInVainComesAtTheEnd() {
        StopTexts stops = new StopTexts(List.of("END"));
        assertEquals("th", stops.pass("thEN"));
        assertFalse(stops.hit());
        assertEquals("EN", stops.finish());
    }

    @Test
    void theEarliestStopTextWins() {
        StopTexts stops = new StopTexts(List.of("b", "a"));
        assertEquals("x", stops.pass("xab"));
    }
}
