package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CreditsTest {
    /** Device and edge with a link between them that delays whatever it likes, and reorders what the edge says. */
    @Property(tries = 1_000, seed = "26")
    void neverOpensMoreThanTheWindowNorStandStill(@ForAll @IntRange(min = 1, max = 9) int window,
            @ForAll @Size(max = 150) List<@IntRange(max = 999) Integer> steps) {
        CreditGrant edge = new CreditGrant(window);
        CreditWindow device = new CreditWindow(window);
        List<Long> said = new ArrayList<>();
        int asked = 0;
        int arrived = 0;
        int ended = 0;
        for (int step : steps) {
            switch (step % 4) {
                case 0 -> asked += device.take() ? 1 : 0;
                case 1 -> arrived += arrive(edge, asked, arrived);
                case 2 -> ended += end(edge, arrived, ended, said);
                default -> {
                    if (!said.isEmpty()) {
                        device.granted(said.remove(step % said.size()));
                    }
                }
            }
            assertTrue(asked - ended <= window, "more than the window is open");
            assertTrue(device.left() >= 0 && device.left() <= window);
            assertEquals(ended + window, edge.total());
        }
        while (arrived < asked) {
            arrived += arrive(edge, asked, arrived);
        }
        while (ended < arrived) {
            ended += end(edge, arrived, ended, said);
        }
        said.forEach(device::granted);
        assertTrue(2 * device.left() >= window, "left " + device.left() + " of " + window + " when nothing is open");
    }

    private static int arrive(CreditGrant edge, int asked, int arrived) {
        if (arrived == asked) {
            return 0;
        }
        edge.opened();
        assertTrue(arrived < edge.total(), "a device that keeps to its credits is refused");
        return 1;
    }

    private static int end(CreditGrant edge, int arrived, int ended, List<Long> said) {
        if (ended == arrived) {
            return 0;
        }
        edge.ended();
        if (edge.worthTelling()) {
            said.add(edge.tell());
            assertFalse(edge.worthTelling(), "the same twice");
        }
        return 1;
    }

    @Test
    void tellsRarely() {
        CreditGrant edge = new CreditGrant(64);
        int told = 0;
        for (int i = 0; i < 6_400; i++) {
            edge.opened();
            edge.ended();
            if (edge.worthTelling()) {
                edge.tell();
                told++;
            }
        }
        assertEquals(6_400 / 33, told, "once in half a window and one");
    }

    @Test
    void agreesToOneMoreForEachThatEnds() {
        CreditGrant edge = new CreditGrant(2);
        assertEquals(2, edge.total());
        edge.opened();
        edge.ended();
        assertEquals(3, edge.total());
    }

    @Test
    void opensAsMuchAsIsAgreedAndNoMore() {
        CreditWindow device = new CreditWindow(2);
        assertTrue(device.take());
        assertTrue(device.take());
        assertFalse(device.take());
        assertEquals(0, device.left());
        device.granted(3);
        assertTrue(device.take());
        assertFalse(device.take());
    }

    @Test
    void doesNotShrinkWhenAnOldNumberComesLate() {
        CreditWindow device = new CreditWindow(1);
        device.granted(5);
        device.granted(3);
        assertEquals(5, device.left());
    }
}
