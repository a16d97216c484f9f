package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.Gathering.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final int WAIT = 40;
    /** A clock that wraps during the wait. */
    private static final long START = Long.MAX_VALUE - WAIT / 2;

    @Property(tries = 1_000, seed = "22")
    void agreesWithAMap(@ForAll @IntRange(min = 1, max = 20) int announced,
            @ForAll @IntRange(max = 60) int maxBytes,
            @ForAll boolean waits, @ForAll Need need,
            @ForAll @Size(max = 80) List<@IntRange(max = 9_999) Integer> steps) {
        Gathering gathering = new Gathering(announced, need, maxBytes, START, waits ? WAIT : 0);
        TreeMap<Integer, String> model = new TreeMap<>();
        boolean begun = false;
        int elapsed = 0;
        for (int step : steps) {
            elapsed += step % 3;
            if (step % 97 == 0) {
                gathering.begin();
                begun = true;
            } else {
                int index = step % announced;
                String slice = "x".repeat(step / announced % 5) + step % 2;
                assertEquals(expected(model, index, slice, begun, maxBytes),
                        gathering.add(slice(index, slice.getBytes())));
            }
            agree(gathering, model, announced, need, waits, elapsed);
            assertEquals(begun, gathering.begun());
        }
    }

    /** What becomes of a slice; puts it into the model when it is kept. */
    private static Outcome expected(TreeMap<Integer, String> model, int index, String slice, boolean begun,
            int maxBytes) {
        if (slice.equals(model.get(index))) {
            return Outcome.REPEATED;
        }
        if (begun) {
            return Outcome.LATE;
        }
        if (model.containsKey(index)) {
            return Outcome.CONTRADICTORY;
        }
        if (model.values().stream().mapToInt(String::length).sum() + slice.length() > maxBytes) {
            return Outcome.TOO_LARGE;
        }
        model.put(index, slice);
        return Outcome.KEPT;
    }

    private static void agree(Gathering gathering, TreeMap<Integer, String> model, int announced,
            Need need, boolean waits,
            int elapsed) {
        assertEquals(model.size(), gathering.gathered());
        assertEquals(announced, gathering.announced());
        assertEquals(model.values().stream().mapToInt(String::length).sum(), gathering.bytes());
        BitSet bits = new BitSet();
        model.keySet().forEach(bits::set);
        assertArrayEquals(Arrays.copyOf(bits.toByteArray(), (announced + 7) / 8), gathering.received());
        boolean complete = model.size() == announced;
        boolean over = waits && elapsed >= WAIT;
        boolean enough = switch (need) {
            case ANY -> !model.isEmpty();
            case FIRST -> model.containsKey(0);
            case ALL -> complete;
        };
        boolean due = complete || over && enough;
        assertEquals(complete, gathering.complete());
        assertEquals(due, gathering.due(START + elapsed));
        assertEquals(due ? 0 : !waits || over ? Long.MAX_VALUE : WAIT - elapsed,
                gathering.dueInNanos(START + elapsed));
    }

    @Property(tries = 200, seed = "23")
    void givesTheSameSlicesInWhateverOrderTheyCome(@ForAll @IntRange(max = 64) int announced, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, announced).boxed().toList());
        for (int i = 0; i < announced; i++) {
            Collections.swap(order, i, random.nextInt(i, announced));
        }
        Gathering gathering = new Gathering(announced, Need.ANY, 1 << 20, 0, 0);
        for (int index : order) {
            assertFalse(gathering.complete());
            assertEquals(Outcome.KEPT, gathering.add(slice(index, new byte[]{(byte) index, 7})));
        }
        assertTrue(gathering.due(0));
        assertEquals(2 * announced, gathering.bytes());
    }

    @Test
    void isDueAtOnceWithNothingAnnounced() {
        Gathering nothing = new Gathering(0, Need.FIRST, 0, START, WAIT);
        assertTrue(nothing.complete());
        assertTrue(nothing.due(START));
        assertEquals(0, nothing.dueInNanos(START));
        assertEquals(0, nothing.received().length);
    }

    @Test
    void beginsWithTheFirstSliceWhenTheWaitBroughtNone() {
        Gathering gathering = new Gathering(3, Need.ANY, 100, START, WAIT);
        assertFalse(gathering.due(START + 10L * WAIT));
        assertEquals(Long.MAX_VALUE, gathering.dueInNanos(START + WAIT), "a timer would spin");
        gathering.add(slice(2, new byte[1]));
        assertTrue(gathering.due(START + 10L * WAIT));
    }

    @Test
    void refusesAnIndexBeyondTheAnnounced() {
        Gathering gathering = new Gathering(3, Need.ANY, 100, START, WAIT);
        assertThrows(IllegalArgumentException.class, () -> gathering.add(slice(3, new byte[1])));
    }

    @Test
    void takesTheSameBytesOfAnotherTileForAContradiction() {
        Gathering gathering = new Gathering(3, Need.ANY, 100, START, WAIT);
        assertEquals(Outcome.KEPT, gathering.add(new Slice(1, 0, new byte[4])));
        assertEquals(Outcome.REPEATED, gathering.add(new Slice(1, 0, new byte[4])));
        assertEquals(Outcome.CONTRADICTORY, gathering.add(new Slice(1, 1, new byte[4])));
    }

    private static Slice slice(int index, byte[] bytes) {
        return new Slice(index, 0, bytes);
    }
}
