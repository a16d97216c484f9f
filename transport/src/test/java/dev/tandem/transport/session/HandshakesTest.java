package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Places for those who have not said who they are. */
class HandshakesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST = 8;
    private static final int FROM_ONE = 4;

    private final Handshakes<String> handshakes = new Handshakes<>(MOST, FROM_ONE, SECOND);

    private Optional<String> begin(String name, String from, long now) {
        return handshakes.begin(name, from, now);
    }

    private void fill(String from, int count, long now) {
        for (int i = 0; i < count; i++) {
            assertEquals(Optional.empty(), begin(from + i, from, now));
        }
    }

    @Test
    void closesTheOldestSilentOneOfTheSameAddress() {
        fill("a", FROM_ONE, 0);
        fill("b", 1, 0);
        handshakes.spoke("a0");
        assertEquals(Optional.of("a1"), begin("new", "a", 0));
        assertEquals(FROM_ONE, handshakes.running("a"));
        assertEquals(1, handshakes.running("b"));
    }

    @Test
    void refusesTheNewcomerWhileAllOthersSpeakAndAreYoung() {
        fill("a", FROM_ONE, 0);
        for (int i = 0; i < FROM_ONE; i++) {
            handshakes.spoke("a" + i);
        }
        assertEquals(Optional.of("new"), begin("new", "a", SECOND - 1));
        assertFalse(handshakes.end("new"), "it was not taken");
        assertEquals(Optional.of("a0"), begin("later", "a", SECOND));
        assertTrue(handshakes.end("later"));
        assertFalse(handshakes.end("later"));
    }

    @Test
    void takesFromTheBusiestAddressWhenAllPlacesAreTaken() {
        fill("a", FROM_ONE, 0);
        fill("b", 3, 0);
        fill("c", 1, 0);
        assertEquals(Optional.of("a0"), begin("new", "d", 0));
        assertEquals(1, handshakes.running("d"));
        assertEquals(MOST, handshakes.running());
    }

    @Test
    void keepsPlacesForAddressesWhereADeviceIs() {
        handshakes.proved("known", 0);
        fill("a", FROM_ONE, 0);
        fill("b", FROM_ONE, 0);
        assertEquals(Optional.empty(), begin("device", "known", 0));
        for (int i = 0; i < 100; i++) {
            assertTrue(begin("stranger" + i, "c" + i, 0).isPresent());
        }
        assertEquals(1, handshakes.running("known"), "no stranger takes its place");
        assertEquals(MOST + 1, handshakes.running());
        assertTrue(handshakes.end("device"));
    }

    @Test
    void forgetsWhoWasKnownAfterTenMinutes() {
        handshakes.proved("known", 0);
        fill("a", FROM_ONE, 0);
        fill("b", FROM_ONE, 0);
        assertTrue(begin("device", "known", 601 * SECOND).isPresent(), "it takes a stranger's place");
        assertEquals(MOST, handshakes.running());
    }

    /** Whatever happens, the counts are those of what runs, and never more than there are places. */
    @Test
    void countsWhatRuns() {
        SplittableRandom random = new SplittableRandom(8);
        Map<String, String> running = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String from = "site" + random.nextInt(6);
            long now = step * (SECOND / 10);
            switch (random.nextInt(8)) {
                case 0 -> handshakes.proved(from, now);
                case 1 -> running.keySet().stream().findAny().ifPresent(handshakes::spoke);
                case 2, 3 -> running.keySet().stream().findAny().ifPresent(each -> {
                    assertTrue(handshakes.end(each));
                    running.remove(each);
                });
                default -> {
                    String name = "h" + step;
                    running.put(name, from);
                    begin(name, from, now).ifPresent(running::remove);
                }
            }
            assertEquals(running.size(), handshakes.running());
            assertEquals(running.values().stream().filter(from::equals).count(), handshakes.running(from));
            assertTrue(handshakes.running(from) <= FROM_ONE && handshakes.running() <= 2 * MOST);
        }
        assertEquals(running.keySet(), Set.copyOf(handshakes.endAll()));
        assertEquals(0, handshakes.running());
    }
}
