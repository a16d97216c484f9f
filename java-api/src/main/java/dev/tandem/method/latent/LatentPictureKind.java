package dev.tandem.method.latent;

import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadSection;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/** Heads of the kind {@code latent-picture}: a picture for a person, from a latent map (docs/pack.md section 5.5). */
public final class LatentPictureKind implements HeadKind {
    /** As packs name it. */
    public static final String KIND = "latent-picture";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return LatentPictureSection.of(head, pack);
    }
}
