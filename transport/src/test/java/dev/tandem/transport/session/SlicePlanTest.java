package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Need;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
    private static final int DATAGRAM_BYTES = 1_156;
    private static final int LARGEST = DATAGRAM_BYTES - FrameHeader.BYTES;

    @Property(tries = 500, seed = "21")
    void keepsTheFirstAndTheLargeOnTheStream(@ForAll @Size(max = 300) int[] drawn,
            @ForAll @IntRange(max = 100) int percent) {
        int[] bytes = IntStream.of(drawn).map(each -> Math.floorMod(each, 2 * DATAGRAM_BYTES)).toArray();
        int certain = BigDecimal.valueOf(percent, 2).multiply(BigDecimal.valueOf(bytes.length))
                .setScale(0, RoundingMode.CEILING).intValueExact();
        SlicePlan plan = SlicePlan.of(bytes, Need.ANY, percent / 100.0, DATAGRAM_BYTES);
        assertEquals(bytes.length, plan.count());
        for (int i = 0; i < bytes.length; i++) {
            assertEquals(i < certain || bytes[i] > LARGEST, plan.reliable(i), "slice " + i + " at " + percent + " %");
        }
    }

    @Test
    void letsADatagramBeFull() {
        SlicePlan plan = SlicePlan.of(new int[]{LARGEST, LARGEST + 1}, Need.ANY, 0, DATAGRAM_BYTES);
        assertFalse(plan.reliable(0));
        assertTrue(plan.reliable(1));
    }

    @Test
    void countsSharesAsDecimals() {
        SlicePlan plan = SlicePlan.of(new int[100], Need.ANY, 0.07, DATAGRAM_BYTES);
        assertTrue(plan.reliable(6));
        assertFalse(plan.reliable(7), "0.07 x 100 is a little more than 7 in binary");
    }

    @Test
    void usesTheStreamWithoutDatagrams() {
        SlicePlan plan = SlicePlan.of(new int[]{0, 1, 500}, Need.ANY, 0, 0);
        assertTrue(IntStream.range(0, 3).allMatch(plan::reliable));
    }

    @Test
    void refusesAShareThatIsNone() {
        for (double share : new double[]{-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class,
                    () -> SlicePlan.of(new int[3], Need.ANY, share, DATAGRAM_BYTES));
        }
    }

    @Test
    void sendsOnTheStreamWhatTheAnswerCannotBeginWithout() {
        int[] bytes = new int[8];
        assertFalse(SlicePlan.of(bytes, Need.ANY, 0, DATAGRAM_BYTES).reliable(0));
        SlicePlan first = SlicePlan.of(bytes, Need.FIRST, 0, DATAGRAM_BYTES);
        assertTrue(first.reliable(0));
        assertFalse(first.reliable(1));
        assertTrue(SlicePlan.of(bytes, Need.FIRST, 0.5, DATAGRAM_BYTES).reliable(3));
        SlicePlan all = SlicePlan.of(bytes, Need.ALL, 0, DATAGRAM_BYTES);
        assertTrue(IntStream.range(0, 8).allMatch(all::reliable));
        assertEquals(0, SlicePlan.of(new int[0], Need.FIRST, 0, DATAGRAM_BYTES).count());
    }
}
