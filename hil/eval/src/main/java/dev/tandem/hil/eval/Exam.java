package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is asked of every picture, and which answers are right. */
public enum Exam {
    /** Questions, with a language model's words for answers. */
    QUESTION {
        @Override
        public Task task(String question, int most) {
            return new Task.Question(question, most);
        }

        @Override
        Task any(int most) {
            return new Task.Question("?", most);
        }

        @Override
        String key(Answer answer) {
            return answer.text();
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
        public Task task(String question, int most) {
            return any(most);
        }

        @Override
        Task any(int most) {
            return new Task.Classify(NEAR);
        }

        @Override
        String key(Answer answer) {
            return answer.labels().isEmpty() ? "" : String.valueOf(answer.labels().getFirst().index());
        }

        @Override
        Mark mark(Question question, Answer answer) {
            List<Label> best = answer.labels();
            return new Mark(best.isEmpty() ? "" : best.getFirst().name(),
                    !best.isEmpty() && ClassAnswer.is(best.getFirst(), question.answer()),
                    best.stream().limit(NEAR).anyMatch(label -> ClassAnswer.is(label, question.answer())));
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

    /** The one that the command line calls so. */
    public static Exam of(String word) {
        return Arrays.stream(values()).filter(exam -> exam.word().equals(word)).findFirst()
                .orElseThrow(() -> new CommandFailedException(ExitCodes.USAGE,
                        "--task [" + word + "]: needed question or classify"));
    }

    /** As the command line and a task itself call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param question in words, where the task has any
     * @param most answer tokens at most, where the answer is words
     */
    public abstract Task task(String question, int most);

    /** A task of this kind that is good whatever a table holds: what a picture is shown for. */
    abstract Task any(int most);

    /** What another answer must be to agree with this one: a class by its number, since names may be shared. */
    abstract String key(Answer answer);

    abstract Mark mark(Question question, Answer answer);
}
