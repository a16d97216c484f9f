package dev.tandem.method.patches;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.DroppedSlices;
import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.Slice;
import dev.tandem.method.patches.codec.PatchCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gathers the patches of one picture, in any order. A slice is held against the map before its payload is decoded; one
 * that comes before the map waits, at most as many as a picture has patches. Nobody makes an edge decode more than
 * twice a picture's patches.
 */
final class PatchDecoding implements Decoding {
    private static final String SLICE = "slice";

    private final PatchesSection section;
    private final PatchGrid grid;
    private final int pointId;
    private final PatchKnobs knobs;
    private final PatchCode code;
    private final byte[][] patches;
    private final BitSet here = new BitSet();
    private final List<PatchSlice> held = new ArrayList<>();
    private PatchMap map;
    private int tried;
    private final DroppedSlices dropped = new DroppedSlices();

    PatchDecoding(PatchesSection section, int pointId, PatchKnobs knobs, PatchCode code) {
        this.section = section;
        this.grid = section.grid();
        this.pointId = pointId;
        this.knobs = knobs;
        this.code = code;
        patches = new byte[grid.count()][];
    }

    @Override
    public void add(List<Slice> slices) {
        slices.forEach(slice -> guarded(() -> take(slice)));
        if (map != null) {
            held.forEach(slice -> guarded(() -> decode(slice)));
            held.clear();
        }
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (CorruptBitstreamException e) {
            dropped.add(e);
        }
    }

    private void take(Slice slice) {
        require(slice.tile() == 0, "tile 0", slice.tile());
        if (slice.index() == 0) {
            require(map == null, "one map", "another");
            PatchMap found = PatchMap.read(slice.bytes(), grid.count(), section.classes());
            require(found.point() == pointId, "operating point " + pointId, found.point());
            require(found.code() == knobs.code(), "code " + knobs.code().word(), found.code().word());
            map = found;
            return;
        }
        PatchSlice patched = PatchSlice.read(slice.bytes());
        require(held.size() < grid.count(), "at most " + grid.count() + " slices before the map", held.size() + 1);
        held.add(patched);
    }

    private void decode(PatchSlice slice) {
        int count = slice.positions().length;
        for (int position : slice.positions()) {
            require(map.patches().get(position) && !here.get(position), "patches of the map that no other slice holds",
                    position);
        }
        require(tried + count <= 2 * grid.count(), "at most " + 2 * grid.count() + " patches", tried + count);
        tried += count;
        byte[][] decoded = code.decode(slice.payload(), count);
        for (int i = 0; i < count; i++) {
            patches[slice.positions()[i]] = decoded[i];
            here.set(slice.positions()[i]);
        }
    }

    private static void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new CorruptBitstreamException(SLICE, 0, expected, String.valueOf(found));
        }
    }

    @Override
    public Evidence evidence() {
        dropped.tell();
        if (here.isEmpty()) {
            throw dropped.nothing("a map and at least one slice of patches",
                    map == null ? "no map" : "no patch");
        }
        int[] positions = here.stream().toArray();
        byte[][] rgb = new byte[positions.length][];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = patches[positions[i]];
        }
        return new PatchSet(grid, positions, rgb, map.patches().cardinality(), map.guess(), knobs.fuse());
    }
}
