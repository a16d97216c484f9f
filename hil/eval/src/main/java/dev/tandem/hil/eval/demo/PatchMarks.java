package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.method.Look;
import dev.tandem.method.Slice;
import dev.tandem.method.Squares;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * What became of a picture's patches, as slices and edge say it.
 *
 * @param arrived by place; where {@code known} is false, all that were sent
 * @param lost by place: sent, and not there when the edge answered
 * @param missing how many of those sent were not there
 * @param known whether the device can know which those are
 */
record PatchMarks(BitSet arrived, BitSet lost, int missing, boolean known) {

    static PatchMarks of(Squares squares, DeviceAnswer answer) {
        BitSet arrived = new BitSet();
        BitSet lost = new BitSet();
        if (!(answer.look() instanceof Look.Send send)) {
            return new PatchMarks(arrived, lost, 0, true);
        }
        Optional<BitSet> used = answer.slicesUsed();
        for (Slice slice : send.slices()) {
            BitSet marks = used.isEmpty() || used.get().get(slice.index()) ? arrived : lost;
            Arrays.stream(squares.in(slice)).forEach(marks::set);
        }
        int missing = used.isPresent()
                ? lost.cardinality()
                : (int) (answer.edge().count("total") - answer.edge().count("used"));
        return new PatchMarks(arrived, lost, missing, used.isPresent());
    }

    int sent() {
        return arrived.cardinality() + lost.cardinality();
    }

    /** For people. */
    String words(int of) {
        if (sent() == 0) {
            return "nothing was sent of " + of + " patches";
        }
        return sent() + " of " + of + " patches sent" + (missing == 0
                ? ""
                : ", " + missing + " of them lost" + (known ? "" : " (which ones the edge did not say)"));
    }
}
