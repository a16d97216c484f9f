package dev.tandem.hil.eval.link;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Quantiles;
import java.util.List;

/**
 * One way at one loss.
 *
 * @param loss
 *            share of packets lost in each direction, 0 to 1
 * @param answered
 *            questions that were answered in words; the others ended with a reason
 * @param accuracy
 *            exact match; a question without an answer counts as wrong
 * @param difference
 *            to the same questions without loss, as usual, paired; null in that row itself
 * @param used
 *            tokens, patches or bands that an answer stood on, mean
 * @param sent
 *            that its picture had, mean
 * @param millis
 *            from the question to the end of the answer, median
 */
@JsonPropertyOrder({"way", "loss"})
record LossCell(String way, double loss, int questions, int answered, Interval accuracy, Interval difference,
        double used, double sent, double millis) {

    /** What became of one question. */
    record Asked(String image, boolean answered, boolean right, long used, long sent, long nanos) {}

    /** Sums up; {@code base} has the same questions in the same order, or is null. */
    static LossCell of(LossWay way, double loss, List<Asked> asked, List<Asked> base) {
        int right = (int) asked.stream().filter(Asked::right).count();
        List<Asked> answers = asked.stream().filter(Asked::answered).toList();
        return new LossCell(way.words(), loss, asked.size(), answers.size(), Interval.wilson(right, asked.size()),
                base == null ? null : paired(asked, base),
                answers.stream().mapToLong(Asked::used).average().orElse(0),
                answers.stream().mapToLong(Asked::sent).average().orElse(0),
                Quantiles.of(answers.stream().mapToDouble(one -> one.nanos() / 1e6)).median());
    }

    private static Interval paired(List<Asked> asked, List<Asked> base) {
        int[] differences = new int[asked.size()];
        String[] pictures = new String[asked.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (asked.get(i).right() ? 1 : 0) - (base.get(i).right() ? 1 : 0);
            pictures[i] = asked.get(i).image();
        }
        return Interval.paired(differences, pictures);
    }
}
