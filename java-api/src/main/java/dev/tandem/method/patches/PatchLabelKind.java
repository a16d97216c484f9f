package dev.tandem.method.patches;

import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadSection;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/**
 * Heads of the kind {@code patch-labels}: a graph from patches and their places to logits, and a name for each class
 * (docs/pack.md section 5.3).
 */
public final class PatchLabelKind implements HeadKind {
    @Override
    public String kind() {
        return "patch-labels";
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return PatchLabelSection.of(head, pack);
    }
}
