package dev.tandem.method.patches;

import dev.tandem.method.Point;
import dev.tandem.pack.Checks;

/**
 * A golden vector of the learned patch codec (docs/pack.md section 3.4).
 *
 * @param point   name of a point of that code
 * @param patches path of u8 [n,bytes of a patch]
 * @param payload path of what they are coded to
 * @param decoded path of u8 [n,bytes of a patch] that this is decoded to
 */
record TransformVector(String point, String patches, String payload, String decoded) {
    private static final long MOST_BYTES = 65_535;

    /** What it names exists and has the size of what it holds. */
    void check(Checks checks, PatchesSection section) {
        String where = "methods.patches.golden of " + point;
        if (section.points().stream().filter(known -> known.name().equals(point)).map(this::code)
                .noneMatch(Code.TRANSFORM::equals)) {
            throw checks.field(where, point, "a point of this method and of the code transform");
        }
        long row = section.grid().bytes();
        long count = checks.listed(where, patches).bytes() / row;
        checks.range("the number of patches in " + patches, count, 1, PatchGrid.MOST_PATCHES);
        checks.sized(where, patches, count * row);
        checks.sized(where, decoded, count * row);
        checks.range("bytes of " + payload, checks.listed(where, payload).bytes(), 1, MOST_BYTES);
    }

    private Code code(Point known) {
        return known.knobs(PatchKnobs.class).code();
    }
}
