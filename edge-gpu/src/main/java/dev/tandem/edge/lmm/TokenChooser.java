package dev.tandem.edge.lmm;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses one token from a row of logits. Ordering is total and machine-independent: by logit, the lower id first on a
 * tie. One answer, one chooser: the generator's state is part of it.
 */
final class TokenChooser {
    private final Sampling sampling;
    private final SplittableRandom random;

    TokenChooser(Sampling sampling) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
    }

    /**
     * @throws ArithmeticException
     *             if a logit is NaN
     */
    int choose(float[] logits) {
        return sampling.temperature() == 0 ? greedy(logits) : drawn(logits);
    }

    static int greedy(float[] logits) {
        int best = 0;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] != logits[i]) {
                throw notANumber(i);
            }
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private int drawn(float[] logits) {
        long[] keys = new long[logits.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(logits[i], i);
        }
        int wanted = sampling.topK() == 0 ? keys.length : Math.min(sampling.topK(), keys.length);
        long[] likeliest = Likeliest.of(keys, wanted);
        double[] weights = new double[likeliest.length];
        double highest = logits[id(likeliest[0])];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] = Math.exp((logits[id(likeliest[i])] - highest) / sampling.temperature());
        }
        int kept = nucleus(weights, sum * sampling.topP());
        double left = Arrays.stream(weights, 0, kept).sum() * random.nextDouble();
        for (int i = 0; i < kept - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return id(likeliest[i]);
            }
        }
        return id(likeliest[kept - 1]);
    }

    /** How many of the descending weights it takes to reach the target; at least one. */
    private static int nucleus(double[] weights, double target) {
        double reached = 0;
        for (int i = 0; i < weights.length; i++) {
            reached += weights[i];
            if (reached >= target) {
                return i + 1;
            }
        }
        return weights.length;
    }

    /** A long that sorts as (logit, then lower id higher). */
    private static long key(float logit, int id) {
        if (logit != logit) {
            throw notANumber(id);
        }
        int bits = Float.floatToIntBits(logit + 0f);
        int ordered = bits >= 0 ? bits : ~bits ^ Integer.MIN_VALUE;
        return (long) ordered << 32 | (Integer.MAX_VALUE - id);
    }

    private static int id(long key) {
        return Integer.MAX_VALUE - (int) key;
    }

    private static ArithmeticException notANumber(int id) {
        return new ArithmeticException("cannot choose a token: the decoder's logit for token [" + id
                + "] is NaN; the graph or its weights are damaged, or fp16 overflowed");
    }
}
