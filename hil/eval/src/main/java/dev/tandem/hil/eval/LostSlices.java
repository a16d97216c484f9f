package dev.tandem.hil.eval;

import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Slices that never arrive, each by a chance of its own that seed, picture and the slice's index fix: the same at every
 * point, and what is lost at one share is lost at every greater one. What an answer cannot do without is kept, since a
 * link sends it until it is there. Immutable.
 *
 * @param share 0 to 1
 */
record LostSlices(double share, long seed) {
    /** None. */
    static final LostSlices NONE = new LostSlices(0, 0);

    /** What arrives of a picture: something of it always does. */
    List<Slice> left(String picture, Look.Send send) {
        if (share == 0 || send.need() == Need.ALL) {
            return send.slices();
        }
        CRC32C name = new CRC32C();
        name.update(picture.getBytes(StandardCharsets.UTF_8));
        SplittableRandom chance = new SplittableRandom(seed << Integer.SIZE ^ name.getValue());
        List<Slice> left = new ArrayList<>();
        for (Slice slice : send.slices()) {
            boolean needed = send.need() == Need.FIRST && slice.index() == 0;
            if (chance.nextDouble() >= share || needed) {
                left.add(slice);
            }
        }
        return left.isEmpty() ? send.slices().subList(0, 1) : left;
    }
}
