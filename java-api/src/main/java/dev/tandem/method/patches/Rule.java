package dev.tandem.method.patches;

/** Which patches are sent (docs/methods.md, Attention-aware patches). */
enum Rule {
    /** While the running sum of the scores is at most the amount; the patch that crosses stays out. */
    SUM("sum", false),
    /** Up to the first patch at which the running sum is above the amount. */
    SUM_OVER("sum-over", false),
    /** The best so many. */
    TOP("top", true),
    /** All of at least the amount. */
    THRESHOLD("threshold", false),
    /** So many by chance; a yardstick. */
    RANDOM("random", true);

    private final String word;
    private final boolean counts;

    Rule(String word, boolean counts) {
        this.word = word;
        this.counts = counts;
    }

    /** As packs and points name it. */
    String word() {
        return word;
    }

    /** Whether its amount is a number of patches, and not a share or a score. */
    boolean counts() {
        return counts;
    }
}
