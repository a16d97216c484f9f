package dev.tandem.method;

import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;

/** Knows how to run heads of one kind; found by {@link java.util.ServiceLoader}. Stateless, any thread. */
public interface HeadKind {
    /** As packs name it, for example {@code labels}. */
    String kind();

    /**
     * Reads and checks the settings of one head.
     *
     * @throws dev.tandem.pack.PackException for what cannot be
     */
    HeadSection<?> section(HeadSpec head, Pack pack);
}
