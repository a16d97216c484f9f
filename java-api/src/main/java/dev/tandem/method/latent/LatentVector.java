package dev.tandem.method.latent;

import dev.tandem.method.Point;
import dev.tandem.pack.Checks;
import java.util.List;

/**
 * A golden vector of the codec: a latent map, and the slices that it must become.
 *
 * @param point  name of the operating point
 * @param latent path of float32 [C,H,W]
 * @param slices paths of the slices; empty: only the way back is checked
 */
public record LatentVector(String point, String latent, List<String> slices) {
    private static final int MOST_SLICES = 1024;

    /** Copies; absent slices are none. */
    public LatentVector {
        slices = slices == null ? List.of() : List.copyOf(slices);
    }

    /** What it names exists and has the size of what it holds. */
    void check(Ladder ladder) {
        Checks checks = ladder.pack().checks();
        String where = ladder.where() + ".golden of " + point;
        Point known = ladder.points().stream().filter(one -> one.name().equals(point)).findFirst()
                .orElseThrow(() -> checks.field(where, point, "an operating point of this method: "
                        + ladder.points().stream().map(Point::name).toList()));
        checks.sized(where, latent, (long) ladder.rung(known).shape(ladder.pack()).values() * Float.BYTES);
        checks.count(where + " slices", slices.size(), 0, MOST_SLICES);
        for (String slice : slices) {
            checks.range("bytes of the slice " + slice, checks.listed(where, slice).bytes(), 1, 65535);
        }
    }
}
