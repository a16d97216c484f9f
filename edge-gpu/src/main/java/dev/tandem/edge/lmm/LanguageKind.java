package dev.tandem.edge.lmm;

import dev.tandem.method.HeadKind;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/** Heads of the kind {@code language}: a language model that reads tokens and answers questions in words. */
public final class LanguageKind implements HeadKind {
    /** As packs name it. */
    public static final String KIND = "language";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public LanguageSection section(HeadSpec head, Pack pack) {
        String where = "heads." + head.name() + ".settings";
        LanguageSettings settings = pack.checks().read(where, head.settings(), LanguageSettings.class);
        new LanguageCheck(pack.checks(), where, settings).run();
        return new LanguageSection(head.name(), settings, pack);
    }
}
