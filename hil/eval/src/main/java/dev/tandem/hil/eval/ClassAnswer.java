package dev.tandem.hil.eval;

import dev.tandem.task.Label;

/** Whether a class is the one that a table or a folder names. */
public final class ClassAnswer {
    private ClassAnswer() {
    }

    /** A class is known by its number, or else by its name. */
    public static boolean is(Label label, String answer) {
        return answer.matches("\\d{1,5}")
                ? label.index() == Integer.parseInt(answer)
                : ExactMatch.same(label.name(), answer);
    }
}
