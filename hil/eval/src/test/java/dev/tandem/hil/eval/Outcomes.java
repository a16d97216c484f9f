package dev.tandem.hil.eval;

import java.util.ArrayList;
import java.util.List;

/** Outcomes for tests, a question after another. */
final class Outcomes {
    private final List<Outcome> all = new ArrayList<>();

    /** One more question about a picture. */
    Outcomes ask(String image, String kind, String question, String answer, String said) {
        return ask(image, kind, question, answer, said, 500, -1);
    }

    Outcomes ask(String image, String kind, String question, String answer, String said, long bytes, int known) {
        boolean right = ExactMatch.same(said, answer);
        all.add(new Outcome(all.size(), image, kind, question, answer, said, right, right, bytes, 1, 50, 1, known, 16,
                1,
                1, 1, 1, null, null));
        return this;
    }

    List<Outcome> list() {
        return List.copyOf(all);
    }
}
