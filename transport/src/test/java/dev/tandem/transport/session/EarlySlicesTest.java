package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EarlySlicesTest {
    private static final long NEAR_WRAP = Long.MAX_VALUE - 30;
    private static final int MAX_AGE = 20;

    private record Came(long exchange, int index, int bytes, int at) {}

    @Property(tries = 1_000, seed = "24")
    void staysWithinItsCapsAndKeepTheNewest(@ForAll @IntRange(max = 6) int maxSlices,
            @ForAll @IntRange(max = 30) int maxBytes,
            @ForAll @Size(max = 100) List<@IntRange(max = 99_999) Integer> steps) {
        EarlySlices early = new EarlySlices(maxSlices, maxBytes, MAX_AGE);
        Deque<Came> model = new ArrayDeque<>();
        int elapsed = 0;
        long kept = 0;
        long taken = 0;
        long came = 0;
        for (int step : steps) {
            elapsed += step % 7;
            int now = elapsed;
            long exchange = step % 4;
            if (step % 5 == 0) {
                List<Integer> expected = model.stream().filter(each -> each.exchange == exchange).map(Came::index)
                        .toList();
                assertEquals(expected, early.take(exchange).stream().map(Slice::index).toList());
                model.removeIf(each -> each.exchange == exchange);
                taken += expected.size();
            } else if (step % 5 == 1) {
                int before = model.size();
                model.removeIf(each -> now - each.at > MAX_AGE);
                assertEquals(before - model.size(), early.expire(NEAR_WRAP + now));
            } else {
                Came one = new Came(exchange, step % 1_000, step / 4 % 12, now);
                came++;
                model.removeIf(each -> now - each.at > MAX_AGE);
                boolean fits = maxSlices > 0 && one.bytes <= maxBytes;
                assertEquals(fits, early.keep(exchange, new Slice(one.index, 0, new byte[one.bytes]), NEAR_WRAP + now));
                if (fits) {
                    kept++;
                    model.addLast(one);
                    while (model.size() > maxSlices || model.stream().mapToInt(Came::bytes).sum() > maxBytes) {
                        model.removeFirst();
                    }
                }
            }
            assertEquals(model.size(), early.size());
            assertEquals(model.stream().mapToInt(Came::bytes).sum(), early.bytes());
            assertTrue(early.size() <= maxSlices && early.bytes() <= maxBytes);
            assertEquals(came, early.size() + taken + early.dropped(), "each slice is here, handed over or counted");
        }
        assertTrue(kept <= came);
    }

    @Test
    void handsOverTheBytesThatCame() {
        EarlySlices early = new EarlySlices(4, 100, MAX_AGE);
        Slice slice = new Slice(5, 2, new byte[]{1, 2, 3});
        assertTrue(early.keep(9, slice, 0));
        assertEquals(List.of(slice), early.take(9));
        assertEquals(List.of(), early.take(9), "only once");
    }

    @Test
    void doesNotGiveUpOthersForASliceThatCanNeverFit() {
        EarlySlices early = new EarlySlices(4, 10, MAX_AGE);
        early.keep(1, new Slice(0, 0, new byte[10]), 0);
        assertFalse(early.keep(1, new Slice(1, 0, new byte[11]), 0));
        assertEquals(1, early.size());
        assertEquals(1, early.dropped());
    }
}
