package dev.tandem.method.patches;

/** How much each patch counts, from what the classifier looked at (docs/methods.md, Attention-aware patches). */
enum Scores {
    /** The class token's attention in the last layer, over the heads' mean. */
    ATTENTION("attention"),
    /** Its attention rollout over all layers. */
    ROLLOUT("rollout");

    private final String word;

    Scores(String word) {
        this.word = word;
    }

    /** As packs and points name it, and the classifier its output. */
    String word() {
        return word;
    }

    /**
     * The mean over rows, made to sum to 1 in float64; all alike where everything is 0.
     *
     * @param rows [rows,patches], row major: heads of the attention, or the one row of a rollout
     * @throws IllegalStateException for a value that is negative or not finite
     */
    static double[] of(float[] rows, int patches) {
        double[] scores = new double[patches];
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            if (!(rows[i] >= 0 && rows[i] <= Float.MAX_VALUE)) {
                throw new IllegalStateException("scoring patches: an attention of [" + rows[i]
                        + "]; needed a finite number, not negative: the classifier graph is damaged");
            }
            scores[i % patches] += rows[i];
            sum += rows[i];
        }
        for (int i = 0; i < patches; i++) {
            scores[i] = sum > 0 ? scores[i] / sum : 1.0 / patches;
        }
        return scores;
    }
}
