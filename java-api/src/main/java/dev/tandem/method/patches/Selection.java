package dev.tandem.method.patches;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Chooses the patches that are sent (docs/methods.md, Attention-aware patches). */
final class Selection {
    private Selection() {
    }

    /**
     * The patches that are sent, the most important first; at least one.
     *
     * @param scores [patches], sum 1
     * @param amount a share, a score or a number of patches, by the rule
     * @param seed   of chance, where the rule is that
     */
    static int[] of(Rule rule, double[] scores, double amount, long seed) {
        int[] order = rule == Rule.RANDOM ? shuffled(scores.length, seed) : descending(scores);
        int kept = switch (rule) {
            case SUM -> amount >= 1 ? order.length : within(order, scores, amount);
            case SUM_OVER -> amount >= 1 ? order.length : within(order, scores, amount) + 1;
            case TOP, RANDOM -> (int) amount;
            case THRESHOLD -> (int) Arrays.stream(scores).filter(score -> score >= amount).count();
        };
        return Arrays.copyOf(order, Math.clamp(kept, 1, order.length));
    }

    /** How many of the first patches have a running sum of at most the amount. */
    private static int within(int[] order, double[] scores, double amount) {
        double sum = 0;
        int count = 0;
        while (count < order.length) {
            sum += scores[order[count]];
            if (sum > amount) {
                break;
            }
            count++;
        }
        return count;
    }

    /** A stable sort: the lower patch first on ties. */
    private static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue).toArray();
    }

    private static int[] shuffled(int count, long seed) {
        Random random = new Random(seed);
        int[] order = IntStream.range(0, count).toArray();
        for (int i = 0; i < count - 1; i++) {
            int other = i + random.nextInt(count - i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
