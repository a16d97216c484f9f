package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.Need;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final int COUNT = 11;
    private static final long RTT = 100;

    /**
     * Every offer is checked against the rules, and everything that the rules allow must be offered; over a clock that
     * wraps.
     */
    @Property(tries = 1_000, seed = "25")
    void offersWhatTheRulesAllowAndNothingElse(@ForAll boolean hasDeadline, @ForAll Need need,
            @ForAll @IntRange(max = 2_000) int deadline,
            @ForAll @Size(max = 60) List<@IntRange(max = 99_999) Integer> steps) {
        long start = Long.MAX_VALUE - 500;
        Repair repair = hasDeadline ? Repair.until(COUNT, need, start + deadline) : Repair.always(COUNT);
        int[] offers = new int[COUNT];
        int[] offeredAt = new int[COUNT];
        int elapsed = 0;
        for (int step : steps) {
            elapsed += step % 80;
            int now = elapsed;
            BitSet received = BitSet.valueOf(new long[]{step % (1 << COUNT)});
            int[] expected = IntStream.range(0, COUNT)
                    .filter(i -> !received.get(i) && offers[i] > 0 && offers[i] < 5 && now - offeredAt[i] >= RTT)
                    .filter(i -> !hasDeadline || !begins(need, received) || 1.5 * RTT <= deadline - now).toArray();
            int[] again = repair.again(bitmap(received), start + now, RTT);
            assertArrayEquals(expected, again);
            IntStream offered = step % 3 == 0 ? IntStream.of(step % COUNT) : Arrays.stream(again);
            offered.forEach(i -> {
                repair.offered(i, start + now);
                offers[i]++;
                offeredAt[i] = now;
            });
        }
    }

    @Test
    void givesUpAfterFiveOffersInAll() {
        Repair repair = Repair.always(1);
        repair.offered(0, 0);
        int again = 0;
        for (long now = 0; now < 100 * RTT; now += RTT / 4) {
            for (int index : repair.again(new byte[1], now, RTT)) {
                repair.offered(index, now);
                again++;
            }
        }
        assertEquals(4, again);
    }

    @Test
    void waitsForTheFirstOffer() {
        Repair repair = Repair.always(2);
        repair.offered(1, -RTT);
        assertArrayEquals(new int[]{1}, repair.again(new byte[1], 0, RTT), "slice 0 is still to come");
    }

    @Test
    void stopsWhenOneAndAHalfRoundTripsNoLongerFit() {
        Repair repair = Repair.until(2, Need.ANY, 1_000);
        repair.offered(0, 0);
        byte[] second = {2};
        assertArrayEquals(new int[]{0}, repair.again(second, 1_000 - 150, RTT));
        assertArrayEquals(new int[0], repair.again(second, 1_000 - 149, RTT));
        assertArrayEquals(new int[0], repair.again(second, 5_000, RTT));
        assertArrayEquals(new int[]{0}, repair.again(new byte[1], 5_000, RTT),
                "nothing is there: the edge still waits");
    }

    @Test
    void refusesABitmapOfAnotherLength() {
        Repair repair = Repair.always(COUNT);
        for (int length : new int[]{0, 1, 3}) {
            FrameException refused = assertThrows(FrameException.class, () -> repair.again(new byte[length], 0, RTT));
            assertEquals(ErrorCode.MALFORMED_FRAME, refused.code());
        }
        assertArrayEquals(new int[0], Repair.always(0).again(new byte[0], 0, RTT));
    }

    private static boolean begins(Need need, BitSet received) {
        return switch (need) {
            case ANY -> !received.isEmpty();
            case FIRST -> received.get(0);
            case ALL -> false;
        };
    }

    private static byte[] bitmap(BitSet bits) {
        return Arrays.copyOf(bits.toByteArray(), (COUNT + 7) / 8);
    }
}
