package dev.tandem.method.latent;

import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadSection;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/** Heads of the kind {@code latent-labels}: one backbone, from a latent map to classes (docs/pack.md section 5.4). */
public final class LatentLabelKind implements HeadKind {
    /** As packs name it. */
    public static final String KIND = "latent-labels";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return LatentLabelSection.of(head, pack);
    }
}
