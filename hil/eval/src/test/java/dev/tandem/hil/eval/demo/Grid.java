package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.MadeBy;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Slice;
import dev.tandem.method.Squares;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.WireBytes;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Squares of a method that writes the places a slice holds as its bytes. */
record Grid(int columns, int rows) implements Squares {
    @Override
    public int count() {
        return columns * rows;
    }

    @Override
    public int[] in(Slice slice) {
        int[] places = new int[slice.bytes().length];
        for (int i = 0; i < places.length; i++) {
            places[i] = slice.bytes()[i];
        }
        return places;
    }

    /** An answer from those slices, of a picture that was sent as a map without a square and then some a slice. */
    static DeviceAnswer answer(int slicesUsed, int unitsUsed, BitSet received, byte[]... squares) {
        List<byte[]> slices = new java.util.ArrayList<>(List.of(new byte[0]));
        slices.addAll(List.of(squares));
        int total = List.of(squares).stream().mapToInt(each -> each.length).sum();
        Look look = Look.Send.of(slices, Need.FIRST, total, Map.of());
        AnswerSummary edge = new AnswerSummary("h", Map.of("used", (long) unitsUsed, "total", (long) total), Map.of(),
                1, slicesUsed, slices.size());
        return new DeviceAnswer(new MadeBy.Edge("h"), List.of(), "p", slices.size(), 9, 9, new WireBytes(0, 0),
                Map.of(), edge, 1, 1, 1, look, received);
    }

    static BitSet set(int... places) {
        BitSet set = new BitSet();
        for (int place : places) {
            set.set(place);
        }
        return set;
    }
}
