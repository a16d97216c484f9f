package dev.tandem.hil.eval;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What always saying the commonest answer of a question's kind would score, without a picture. Kinds that hold nothing
 * but yes and no count as one: where absent things are a kind of their own, the kind would give the answer away.
 */
final class CommonestAnswer {
    static final String NAME = "commonest answer of each kind";

    private CommonestAnswer() {
    }

    private static final String YES_OR_NO = "yes or no";

    /** Of these questions, whatever was said to them. Of answers equally common the first by letters. */
    static List<Outcome> outcomes(List<Outcome> asked) {
        Set<String> words = asked.stream().filter(one -> !yesOrNo(one)).map(Outcome::kind)
                .collect(Collectors.toSet());
        Function<Outcome, String> group = one -> words.contains(one.kind()) ? one.kind() : YES_OR_NO;
        Map<String, String> commonest = new HashMap<>();
        asked.stream().collect(Collectors.groupingBy(group,
                Collectors.groupingBy(one -> one.answer().strip().toLowerCase(Locale.ROOT), Collectors.counting())))
                .forEach((kind, answers) -> commonest.put(kind, first(answers)));
        return asked.stream().map(one -> saying(one, commonest.get(group.apply(one)))).toList();
    }

    private static String first(Map<String, Long> answers) {
        return answers.entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow().getKey();
    }

    private static boolean yesOrNo(Outcome one) {
        return ExactMatch.same(one.answer(), "yes") || ExactMatch.same(one.answer(), "no");
    }

    private static Outcome saying(Outcome one, String said) {
        boolean right = ExactMatch.same(said, one.answer());
        return new Outcome(one.row(), one.image(), one.kind(), one.question(), one.answer(), said, right, right, 0, 0,
                0, 0, Backend.Sent.NO_PICTURE_FILE, 0, 0, 0, 0, 0, null, null);
    }
}
