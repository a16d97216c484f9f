package dev.tandem.method.tofc;

import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;

/** Ties an operating point to the step that the pack's codec knows under its id. */
final class TofcPoint {
    private TofcPoint() {
    }

    /** Clusters and slices may differ from the manifest's point of that id; step and shift may not. */
    static OperatingStep step(Pack pack, OperatingPoint op) {
        boolean known = pack.manifest().operatingPoints().stream().anyMatch(p -> p.method().equals("tofc")
                && p.id() == op.id() && p.step() == op.step() && p.scaleShift() == op.scaleShift());
        if (!known || op.clusters() < 1) {
            throw new IllegalArgumentException("running tofc at [" + op + "]; needed at least one cluster, and the id, "
                    + "step and scale shift of one of the tofc points of " + pack);
        }
        return new OperatingStep(op.id(), op.step(), op.scaleShift());
    }
}
