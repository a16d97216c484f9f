package dev.tandem.method.tokens;

import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadSection;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/**
 * Heads of the kind {@code labels}: a graph from tokens to logits, and a name for each class (docs/pack.md section
 * 5.2).
 */
public final class LabelKind implements HeadKind {
    /** As packs name it. */
    public static final String KIND = "labels";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return LabelSection.of(head, pack);
    }
}
