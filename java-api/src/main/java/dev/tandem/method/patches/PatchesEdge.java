package dev.tandem.method.patches;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Point;

/** Edge half of {@code patches}: slices back to patches. Opens no graph; any thread. */
final class PatchesEdge implements EdgeHalf {
    private final PatchesSection section;
    private final PatchCodes codes;

    PatchesEdge(PatchesSection section, Host host) {
        this.section = section;
        codes = section.codes(host);
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        PatchKnobs knobs = section.require(point);
        int most = 1 + section.grid().count();
        if (tiles != 1 || announced > most) {
            throw new IllegalArgumentException("reading a picture of [" + announced + "] slices in [" + tiles
                    + "] tiles at the operating point " + point.name() + "; needed at most " + most
                    + " slices, a map and a patch each, in one tile");
        }
        return new PatchDecoding(section, point.id(), knobs, codes.of(knobs.coding()));
    }

    @Override
    public void close() {
        codes.close();
    }
}
