package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the device can know of the slices that an answer stands on. */
class DeviceAnswerTest {
    private static BitSet slices(int... indices) {
        BitSet set = new BitSet();
        for (int index : indices) {
            set.set(index);
        }
        return set;
    }

    private static Optional<BitSet> used(int used, int slices, BitSet received) {
        AnswerSummary edge = new AnswerSummary("head", Map.of(), Map.of(), 0, used, slices);
        return new DeviceAnswer(new MadeBy.Edge("head"), List.of(), "p", slices, 10, 20, new WireBytes(0, 0), Map.of(),
                edge, 1, 2, 3, null, received).slicesUsed();
    }

    @Test
    void allOfThemNeedNoReport() {
        assertEquals(Optional.of(slices(0, 1, 2)), used(3, 3, slices()));
        assertEquals(Optional.of(slices(0, 1, 2)), used(3, 3, slices(0)), "an older report");
    }

    @Test
    void someOfThemAreThoseThatTheEdgeReported() {
        assertEquals(Optional.of(slices(0, 2)), used(2, 3, slices(0, 2)));
    }

    @Test
    void whatCameAfterTheLastReportIsNotKnown() {
        assertEquals(Optional.empty(), used(2, 4, slices(0)));
    }

    @Test
    void anEdgeThatAnsweredFromNoneUsedNone() {
        assertEquals(Optional.of(slices()), used(0, 4, slices(0)));
    }
}
