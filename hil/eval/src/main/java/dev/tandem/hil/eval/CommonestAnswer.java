package dev.tandem.hil.eval;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What always saying the commonest answer of a question's kind would score, without a picture. */
final class CommonestAnswer {
    static final String NAME = "commonest answer of each kind";

    private CommonestAnswer() {
    }

    /** Of the questions of these outcomes, whatever was said to them. Of answers equally common the first by letters. */
    static List<Outcome> outcomes(List<Outcome> asked) {
        Map<String, String> commonest = new HashMap<>();
        asked.stream().collect(Collectors.groupingBy(Outcome::kind,
                Collectors.groupingBy(one -> one.answer().strip().toLowerCase(Locale.ROOT), Collectors.counting())))
                .forEach((kind, answers) -> commonest.put(kind, first(answers)));
        return asked.stream().map(saying(commonest)).toList();
    }

    private static String first(Map<String, Long> answers) {
        return answers.entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow().getKey();
    }

    private static Function<Outcome, Outcome> saying(Map<String, String> commonest) {
        return one -> {
            String said = commonest.get(one.kind());
            boolean right = ExactMatch.same(said, one.answer());
            return new Outcome(one.row(), one.image(), one.kind(), one.question(), one.answer(), said, right, right, 0,
                    0, 0, 0, Backend.Sent.NO_PICTURE_FILE, 0, 0, 0, 0, 0);
        };
    }
}
