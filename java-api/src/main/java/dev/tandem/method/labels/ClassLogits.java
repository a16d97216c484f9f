package dev.tandem.method.labels;

import dev.tandem.task.Label;
import dev.tandem.task.Part;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits of one picture with their classes' names. The arrays are not copied. Immutable; any thread.
 *
 * @param names       one a class
 * @param logits      float32 [classes]
 * @param temperature that logits are divided by, above 0
 */
public record ClassLogits(List<String> names, float[] logits, double temperature) {
    /** Softmax of the logits over the temperature, in float64; a fresh array. */
    public double[] probabilities() {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp((logits[i] - largest) / temperature);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /** Classes of the greatest logits, the lower number first on ties. */
    public int[] likeliest(int most) {
        return IntStream.range(0, logits.length).boxed().sorted(Comparator.comparingDouble(i -> -logits[i]))
                .limit(most).mapToInt(Integer::intValue).toArray();
    }

    /** The answer to a classification: so many labels at most, the likeliest first. */
    public Part.Labels best(int most) {
        double[] shares = probabilities();
        return new Part.Labels(IntStream.of(likeliest(most))
                .mapToObj(i -> new Label(i, names.get(i), (float) Math.min(1, shares[i]))).toList());
    }
}
