package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Quantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What one point, or one control, comes to. Every interval knows that questions about one picture go together.
 *
 * @param name
 *            of the point
 * @param series
 *            points of one series differ in how much they spend only
 * @param questions
 *            asked
 * @param accuracy
 *            how often the answer is right
 * @param near
 *            how often the right one was among the best; null where answers are words
 * @param difference
 *            accuracy minus the baseline's, paired by question; null for the baseline itself
 * @param yesNo
 *            the questions with such answers; null where there are none
 * @param bytes
 *            a picture's slices with their frame headers, mean over pictures
 * @param cost
 *            of a question, piece by piece
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
 * @param here
 *            share of the pictures that the device answered by itself
 * @param squares
 *            what it spends in squares of pictures; null where the method does not choose among such
 * @param errors
 *            questions that could not be asked; in accuracies they count as wrong, in all else not at all
 */
record PointSummary(String name, String series, int questions, int pictures, Interval accuracy, Interval near,
        Interval difference, YesNo yesNo, double bytes, PointCost cost, double units, Map<String, Kind> kinds,
        double deviceMillis, double edgeMillis, double answerMillis, double here, SquaresCost squares, int errors) {

    /** Accuracy among the questions of one kind. */
    record Kind(int questions, Interval accuracy) {}

    /** Summarises; {@code baseline} may be null. */
    static PointSummary of(EvalPoint point, Exam exam, List<Outcome> outcomes, List<Outcome> baseline) {
        return of(point.name(), point.series(), exam, outcomes, baseline);
    }

    /** The same of what is no point. */
    static PointSummary of(String name, String series, Exam exam, List<Outcome> outcomes, List<Outcome> baseline) {
        Map<String, Outcome> pictures = new HashMap<>();
        Map<String, List<Outcome>> byKind = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.answered()) {
                pictures.put(outcome.image(), outcome);
            }
            byKind.computeIfAbsent(outcome.kind(), kind -> new ArrayList<>()).add(outcome);
        }
        Map<String, Kind> kinds = new TreeMap<>();
        byKind.forEach((kind, some) -> kinds.put(kind, new Kind(some.size(), Shares.right(some))));
        List<Outcome> sent = List.copyOf(pictures.values());
        List<Outcome> answered = outcomes.stream().filter(Outcome::answered).toList();
        PointCost cost = PointCost.of(sent, answered);
        return new PointSummary(name, series, outcomes.size(), sent.size(), Shares.right(outcomes),
                exam == Exam.QUESTION ? null : Shares.of(outcomes, Outcome::near),
                baseline == null ? null : Shares.difference(outcomes, baseline),
                exam == Exam.QUESTION ? YesNo.of(outcomes, baseline) : null, cost.picture(), cost,
                sent.stream().mapToInt(Outcome::units).average().orElse(Double.NaN), kinds,
                medianMillis(sent, Outcome::deviceNanos), medianMillis(sent, Outcome::edgeNanos),
                medianMillis(answered, Outcome::answerNanos),
                sent.stream().mapToInt(one -> one.here() ? 1 : 0).average().orElse(0), SquaresCost.of(sent),
                outcomes.size() - answered.size());
    }

    private static double medianMillis(List<Outcome> outcomes, ToLongFunction<Outcome> nanos) {
        return Quantiles.of(outcomes.stream().mapToDouble(one -> nanos.applyAsLong(one) / 1e6)).median();
    }
}
