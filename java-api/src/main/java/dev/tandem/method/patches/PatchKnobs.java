package dev.tandem.method.patches;

import dev.tandem.method.Knobs;

/**
 * Knobs of {@code patches} (docs/pack.md section 4), whole and within their limits but for what depends on the pack,
 * which {@link PatchesSection#misfit} knows.
 *
 * @param eta        doubt below which the device answers itself
 * @param amount     of the rule
 * @param quality    of a JPEG, 1 to 100; 0 with another code
 * @param step       of the transform code, in grey levels; 0 with another code
 * @param scaleShift of the transform code
 * @param guess      classes that travel with the map
 * @param fuse       weight of that guess in the edge's answer
 */
record PatchKnobs(double eta, Doubt doubt, Scores scores, Rule rule, double amount, Code code, int quality, double step,
        int scaleShift, int guess, double fuse) implements Knobs {
    static final int MOST_GUESSES = 5;
    static final double LEAST_STEP = 0.001;
    static final double MOST_STEP = 1000;

    /** The same way to send, where the device's min-entropy is not below {@code eta}, and so much. */
    PatchKnobs with(double threshold, double sent) {
        return new PatchKnobs(threshold, Doubt.MIN_ENTROPY, scores, rule, sent, code, quality, step, scaleShift, guess,
                fuse);
    }

    /** The code with its numbers, which alone decide how bytes are read. */
    Coding coding() {
        return new Coding(code, quality, step, scaleShift);
    }

    /** A code and its numbers; those of other codes are 0. */
    record Coding(Code code, int quality, double step, int scaleShift) {}
}
