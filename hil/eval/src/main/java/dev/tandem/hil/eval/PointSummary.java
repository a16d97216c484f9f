package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Quantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What one point comes to.
 *
 * @param name
 *            of the point
 * @param series
 *            points of one series differ in how much they spend only
 * @param questions
 *            asked
 * @param accuracy
 *            how often the answer is right, Wilson's interval
 * @param near
 *            how often the right one was among the best, Wilson's interval; null where answers are words
 * @param difference
 *            accuracy minus the baseline's, paired by question; null for the baseline itself
 * @param bytes
 *            a picture on the wire, mean over pictures
 * @param units
 *            tokens, patches or bands that the head saw, mean over pictures
 * @param kinds
 *            accuracy by kind
 * @param deviceMillis
 *            median a picture
 * @param edgeMillis
 *            median a picture, up to the question
 * @param answerMillis
 *            median a question
 * @param errors
 *            questions that could not be asked; in accuracies they count as wrong, in all else not at all
 */
record PointSummary(String name, String series, int questions, int pictures, Interval accuracy, Interval near,
        Interval difference, double bytes, double units, Map<String, Kind> kinds, double deviceMillis,
        double edgeMillis, double answerMillis, int errors) {

    /** Accuracy among the questions of one kind. */
    record Kind(int questions, Interval accuracy) {}

    /** Summarises; {@code baseline} may be null. */
    static PointSummary of(EvalPoint point, Exam exam, List<Outcome> outcomes, List<Outcome> baseline) {
        Map<String, Outcome> pictures = new HashMap<>();
        Map<String, List<Outcome>> byKind = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.answered()) {
                pictures.put(outcome.image(), outcome);
            }
            byKind.computeIfAbsent(outcome.kind(), kind -> new ArrayList<>()).add(outcome);
        }
        Map<String, Kind> kinds = new TreeMap<>();
        byKind.forEach((kind, some) -> kinds.put(kind, new Kind(some.size(), accuracy(some))));
        List<Outcome> sent = List.copyOf(pictures.values());
        List<Outcome> answered = outcomes.stream().filter(Outcome::answered).toList();
        return new PointSummary(point.name(), point.series(), outcomes.size(), sent.size(), accuracy(outcomes),
                exam == Exam.QUESTION ? null : share(outcomes, Outcome::near),
                baseline == null ? null : difference(outcomes, baseline),
                sent.stream().mapToLong(Outcome::wireBytes).average().orElse(Double.NaN),
                sent.stream().mapToInt(Outcome::units).average().orElse(Double.NaN), kinds,
                medianMillis(sent, Outcome::deviceNanos), medianMillis(sent, Outcome::edgeNanos),
                medianMillis(answered, Outcome::answerNanos), outcomes.size() - answered.size());
    }

    private static Interval accuracy(List<Outcome> outcomes) {
        return share(outcomes, Outcome::right);
    }

    private static Interval share(List<Outcome> outcomes, Predicate<Outcome> counts) {
        return Interval.wilson((int) outcomes.stream().filter(counts).count(), outcomes.size());
    }

    private static Interval difference(List<Outcome> outcomes, List<Outcome> baseline) {
        Map<Integer, Outcome> other = new HashMap<>();
        baseline.forEach(outcome -> other.put(outcome.row(), outcome));
        List<Outcome> both = outcomes.stream().filter(outcome -> other.containsKey(outcome.row())).toList();
        int[] differences = both.stream()
                .mapToInt(outcome -> (outcome.right() ? 1 : 0) - (other.get(outcome.row()).right() ? 1 : 0)).toArray();
        return Interval.paired(differences, both.stream().map(Outcome::image).toArray(String[]::new));
    }

    private static double medianMillis(List<Outcome> outcomes, ToLongFunction<Outcome> nanos) {
        return Quantiles.of(outcomes.stream().mapToDouble(one -> nanos.applyAsLong(one) / 1e6)).median();
    }
}
