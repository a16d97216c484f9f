package dev.tandem.hil.eval;

import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Task;
import java.util.List;

/** What is asked of every picture, and which answers are right. */
enum Exam {
    /** Questions, with a language model's words for answers. */
    QUESTION {
        @Override
        Task task(Question question, int most) {
            return new Task.Question(question.text(), most);
        }

        @Override
        Mark mark(Question question, Answer answer) {
            boolean right = ExactMatch.same(answer.text(), question.answer());
            return new Mark(answer.text(), right, right);
        }
    },
    /** The class of the picture, among all that the head knows. */
    CLASSIFY {
        @Override
        Task task(Question question, int most) {
            return new Task.Classify(NEAR);
        }

        @Override
        Mark mark(Question question, Answer answer) {
            List<Label> best = answer.labels();
            return new Mark(best.isEmpty() ? "" : best.getFirst().name(),
                    !best.isEmpty() && is(best.getFirst(), question.answer()),
                    best.stream().limit(NEAR).anyMatch(label -> is(label, question.answer())));
        }
    };

    private static final int NEAR = 5;

    /**
     * What came of one question.
     *
     * @param said the answer, or its best part
     * @param right whether that is right
     * @param near whether the right one is among the first five
     */
    record Mark(String said, boolean right, boolean near) {}

    /** @param most answer tokens at most, where the answer is words */
    abstract Task task(Question question, int most);

    abstract Mark mark(Question question, Answer answer);

    /** A class is known by its number, or else by its name. */
    private static boolean is(Label label, String answer) {
        return answer.matches("\\d{1,5}")
                ? label.index() == Integer.parseInt(answer)
                : ExactMatch.same(label.name(), answer);
    }
}
