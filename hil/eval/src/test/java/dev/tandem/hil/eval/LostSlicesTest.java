package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostSlicesTest {
    private static Look.Send of(int count, Need need) {
        List<byte[]> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slices.add(new byte[]{(byte) i});
        }
        return Look.Send.of(slices, need, count, Map.of());
    }

    private static List<Integer> left(double share, long seed, String picture, Look.Send send) {
        return new LostSlices(share, seed).left(picture, send).stream().map(Slice::index).toList();
    }

    @Test
    void aboutTheShareIsLostAndTheSameEachTime() {
        Look.Send send = of(4_000, Need.ANY);
        List<Integer> left = left(0.2, 7, "a.png", send);
        assertEquals(3_200, left.size(), 100);
        assertEquals(left, left(0.2, 7, "a.png", send));
        assertNotEquals(left, left(0.2, 8, "a.png", send));
        assertNotEquals(left, left(0.2, 7, "b.png", send));
        assertTrue(left.containsAll(left(0.4, 7, "a.png", send)), "more loss loses these and others");
        assertEquals(left.subList(0, 30), left(0.2, 7, "a.png", of(left.get(30), Need.ANY)), "whatever follows");
        assertEquals(4_000, LostSlices.NONE.left("a.png", send).size());
    }

    @Test
    void whatAnAnswerNeedsIsNeverLost() {
        for (int seed = 0; seed < 50; seed++) {
            assertEquals(9, left(0.95, seed, "a", of(9, Need.ALL)).size());
            assertEquals(0, left(0.95, seed, "a", of(9, Need.FIRST)).getFirst());
            assertTrue(!left(0.99, seed, "a", of(3, Need.ANY)).isEmpty());
        }
    }
}
