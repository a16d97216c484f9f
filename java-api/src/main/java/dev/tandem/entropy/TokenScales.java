package dev.tandem.entropy;

/** Means and table rows of one token's values at one operating point. One thread at a time; holds the last token run. */
final class TokenScales {
    private final CodecModel model;
    private final OperatingStep step;
    private final float meanUnit;
    private final int[] mean;
    private final int[] logit;

    TokenScales(CodecModel model, OperatingStep step) {
        this.model = model;
        this.step = step;
        this.meanUnit = 1f / (1 << model.hyper().meanFractionBits());
        this.mean = new int[model.tokenWidth()];
        this.logit = new int[model.tokenWidth()];
    }

    void run(int expert, int[] z, int zOffset) {
        model.hyper().run(expert, z, zOffset, mean, logit, 0);
    }

    /** Mean of value k in token units; exact, as it is an int16 times a power of two. */
    float mean(int k) {
        return mean[k] * meanUnit;
    }

    int row(int k) {
        return model.yRow(model.hyper().scaleIndex(logit[k], step.scaleShift()));
    }
}
