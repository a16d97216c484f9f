package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Shares of outcomes, and differences of them, with intervals that know that questions go together by picture. */
final class Shares {
    private Shares() {
    }

    /** How many are right. */
    static Interval right(List<Outcome> outcomes) {
        return of(outcomes, Outcome::right);
    }

    /** How many count. */
    static Interval of(List<Outcome> outcomes, Predicate<Outcome> counts) {
        boolean[] right = new boolean[outcomes.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = counts.test(outcomes.get(i));
        }
        return Interval.share(right, pictures(outcomes));
    }

    /** How many more of the same questions are right than in {@code baseline}. */
    static Interval difference(List<Outcome> outcomes, List<Outcome> baseline) {
        Map<Integer, Outcome> other = new HashMap<>();
        baseline.forEach(outcome -> other.put(outcome.row(), outcome));
        List<Outcome> both = outcomes.stream().filter(outcome -> other.containsKey(outcome.row())).toList();
        int[] differences = both.stream()
                .mapToInt(outcome -> (outcome.right() ? 1 : 0) - (other.get(outcome.row()).right() ? 1 : 0)).toArray();
        return Interval.paired(differences, pictures(both));
    }

    private static String[] pictures(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::image).toArray(String[]::new);
    }
}
