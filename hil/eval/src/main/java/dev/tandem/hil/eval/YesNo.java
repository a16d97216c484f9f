package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the questions with yes or no for an answer went. What always says the same is right half the time by the balanced
 * measure, whatever the table holds. Intervals know pictures.
 *
 * @param yes questions whose answer is yes
 * @param no questions whose answer is no
 * @param balanced mean of {@code recall} and {@code rejection}; null without questions of both
 * @param difference {@code balanced} minus the baseline's, by question; null for the baseline itself
 * @param recall how often yes is said where it is the answer
 * @param rejection how often no is
 * @param present questions whether something is there ("Is there", "Are there") that is
 * @param presence how often yes is said to these
 * @param kinds balanced, by kind; a kind of no alone is taken together with the yes of all kinds that are yes alone, as
 *        tables of present things and of several kinds of absent ones want it
 */
record YesNo(int yes, int no, Interval balanced, Interval difference, Interval recall, Interval rejection, int present,
        Interval presence, Map<String, Interval> kinds) {
    private static final Pattern PRESENCE = Pattern.compile("\\s*(is|are) there\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Null where no question has such an answer. */
    static YesNo of(List<Outcome> outcomes, List<Outcome> baseline) {
        List<Outcome> yes = those(outcomes, one -> ExactMatch.same(one.answer(), "yes"));
        List<Outcome> no = those(outcomes, one -> ExactMatch.same(one.answer(), "no"));
        if (yes.isEmpty() && no.isEmpty()) {
            return null;
        }
        List<Outcome> present = those(yes, one -> PRESENCE.matcher(one.question()).matches());
        return new YesNo(yes.size(), no.size(), balanced(yes, no, Map.of(), 0),
                baseline == null ? null : difference(yes, no, baseline), Shares.right(yes), Shares.right(no),
                present.size(), Shares.right(present), kinds(yes, no));
    }

    private static List<Outcome> those(List<Outcome> outcomes, Predicate<Outcome> wanted) {
        return outcomes.stream().filter(wanted).toList();
    }

    private static Map<String, Interval> kinds(List<Outcome> yes, List<Outcome> no) {
        List<Outcome> onlyYes = those(yes, one -> no.stream().noneMatch(other -> other.kind().equals(one.kind())));
        Map<String, Interval> kinds = new TreeMap<>();
        for (String kind : no.stream().map(Outcome::kind).distinct().toList()) {
            List<Outcome> own = those(yes, one -> one.kind().equals(kind));
            Interval balanced = balanced(own.isEmpty() ? onlyYes : own, those(no, one -> one.kind().equals(kind)),
                    Map.of(), 0);
            if (balanced != null) {
                kinds.put(kind, balanced);
            }
        }
        return kinds;
    }

    private static Interval difference(List<Outcome> yes, List<Outcome> no, List<Outcome> baseline) {
        Map<Integer, Boolean> before = new HashMap<>();
        baseline.forEach(one -> before.put(one.row(), one.right()));
        Predicate<Outcome> paired = one -> before.containsKey(one.row());
        return balanced(those(yes, paired), those(no, paired), before, -1);
    }

    /** Mean of both sides' means of being right, less what {@code before} was; null where a side is empty. */
    private static Interval balanced(List<Outcome> yes, List<Outcome> no, Map<Integer, Boolean> before, double least) {
        if (yes.isEmpty() || no.isEmpty()) {
            return null;
        }
        List<Outcome> all = new ArrayList<>(yes);
        all.addAll(no);
        double[] influences = new double[all.size()];
        double value = 0;
        int from = 0;
        for (List<Outcome> side : List.of(yes, no)) {
            double mean = side.stream().mapToInt(one -> gain(one, before)).average().orElseThrow();
            for (Outcome one : side) {
                influences[from++] = (gain(one, before) - mean) / (2 * side.size());
            }
            value += mean / 2;
        }
        return Interval.clustered(value, influences, all.stream().map(Outcome::image).toArray(String[]::new), least, 1);
    }

    private static int gain(Outcome one, Map<Integer, Boolean> before) {
        return (one.right() ? 1 : 0) - (before.getOrDefault(one.row(), false) ? 1 : 0);
    }
}
