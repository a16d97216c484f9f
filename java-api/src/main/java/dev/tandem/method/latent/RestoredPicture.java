package dev.tandem.method.latent;

import dev.tandem.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A restored picture and what a person must know of it.
 *
 * @param synthetic whether the restorer makes up what the bits do not hold
 * @param here      bands that it was restored from
 * @param total     bands that were sent
 * @param drift     null where the head tells none
 */
record RestoredPicture(RgbImage picture, boolean synthetic, int here, int total, Drift drift) {
    /** For people; empty where there is nothing to say. */
    String words() {
        List<String> words = new ArrayList<>();
        if (synthetic) {
            words.add("Synthetic picture: a network made it up from the bits that were sent. It is no evidence of what "
                    + "they do not hold.");
        }
        if (here < total) {
            words.add("Restored from [" + here + "] of " + total + " bands; what the others held is guessed.");
        }
        if (drift != null) {
            words.add(drift.words());
        }
        return String.join(" ", words);
    }
}
