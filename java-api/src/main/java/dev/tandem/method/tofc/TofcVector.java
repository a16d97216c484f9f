package dev.tandem.method.tofc;

import dev.tandem.method.Point;
import dev.tandem.pack.Checks;
import dev.tandem.tensor.DType;
import java.util.List;

/**
 * A golden vector of the codec: merged tokens and their analysis, and the slices that they must become.
 *
 * @param point  name of the operating point
 * @param tokens path of float32 [n,tokenWidth]
 * @param expert path of int64 [n]
 * @param z      path of float32 [n,hyperWidth]
 * @param slices paths of the slices; empty: only the way back is checked
 */
record TofcVector(String point, String tokens, String expert, String z, List<String> slices) {
    TofcVector {
        slices = slices == null ? List.of() : List.copyOf(slices);
    }

    /** What it names exists and has the size of what it holds. */
    void check(Checks checks, TofcFields fields, List<Point> points) {
        String where = "methods.tofc.golden of " + point;
        if (points.stream().noneMatch(known -> known.name().equals(point))) {
            throw checks.field(where, point, "an operating point of this method: "
                    + points.stream().map(Point::name).toList());
        }
        long row = (long) fields.tokenWidth() * DType.FLOAT32.bytes();
        long count = checks.listed(where, tokens).bytes() / row;
        checks.range("the number of tokens in " + tokens, count, 1, 4096);
        checks.sized(where, tokens, count * row);
        checks.sized(where, expert, count * DType.INT64.bytes());
        checks.sized(where, z, count * fields.hyperWidth() * DType.FLOAT32.bytes());
        checks.count(where + " slices", slices.size(), 0, (int) count);
        for (String slice : slices) {
            checks.range("bytes of the slice " + slice, checks.listed(where, slice).bytes(), 1, 65535);
        }
    }
}
