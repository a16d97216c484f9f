package dev.tandem.method.patches;

import dev.tandem.method.labels.ClassLogits;
import java.util.Arrays;

/**
 * What the device takes a picture for, as it travels with the map (docs/bitstream.md, section 12.1). The arrays are not
 * copied.
 *
 * @param classes       numbers of classes, each once
 * @param probabilities of each, in 255ths
 */
record Guess(int[] classes, int[] probabilities) {
    static final int WHOLE = 255;
    /** What rounding may hide: half of a 255th. */
    private static final double LEAST = 0.5 / WHOLE;

    /** The likeliest so many. */
    static Guess of(ClassLogits logits, int most) {
        int[] classes = logits.likeliest(most);
        double[] shares = logits.probabilities();
        return new Guess(classes, Arrays.stream(classes).map(c -> (int) Math.rint(WHOLE * shares[c])).toArray());
    }

    /**
     * Adds it to another's probabilities (docs/pack.md section 5.3).
     *
     * @param probabilities of all classes
     * @param weight        of this guess
     * @return logits whose softmax are the fused probabilities
     */
    float[] fused(double[] probabilities, double weight) {
        int others = probabilities.length - classes.length;
        double rest = Math.max(1 - Arrays.stream(this.probabilities).sum() / (double) WHOLE, LEAST)
                / Math.max(1, others);
        double[] own = new double[probabilities.length];
        Arrays.fill(own, rest);
        for (int g = 0; g < classes.length; g++) {
            own[classes[g]] = Math.max(this.probabilities[g] / (double) WHOLE, LEAST);
        }
        float[] fused = new float[own.length];
        for (int c = 0; c < fused.length; c++) {
            fused[c] = (float) (Math.log(probabilities[c]) + weight * Math.log(own[c]));
        }
        return fused;
    }
}
