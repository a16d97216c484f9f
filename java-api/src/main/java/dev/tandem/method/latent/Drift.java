package dev.tandem.method.latent;

import dev.tandem.task.Label;
import java.util.Locale;

/**
 * How far a restored picture is from what it was restored from.
 *
 * @param seen  likeliest class of the picture
 * @param meant likeliest class of the bits
 */
record Drift(Label seen, Label meant) {
    /** Whether the picture shows something else than the bits say. */
    boolean differs() {
        return seen.index() != meant.index();
    }

    String words() {
        return differs()
                ? "The picture looks like " + of(seen) + ", but the bits say " + of(meant)
                        + ": they differ, go by the bits."
                : "Picture and bits agree on the class: " + of(seen) + " by the picture, " + of(meant)
                        + " by the bits.";
    }

    private static String of(Label label) {
        return String.format(Locale.ROOT, "%s (%.0f %%)", label.name(), label.probability() * 100);
    }
}
