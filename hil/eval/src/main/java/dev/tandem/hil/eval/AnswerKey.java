package dev.tandem.hil.eval;

import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Answer;

/** What counts as right: what the table says, or what a reference point has answered. */
final class AnswerKey {
    private final Exam exam;
    private final EvalPoint reference;
    private final PointLog said;

    /**
     * @param reference asked before the other points; null: the table says what is right
     * @param said its log
     */
    AnswerKey(Exam exam, EvalPoint reference, PointLog said) {
        this.exam = exam;
        this.reference = reference;
        this.said = said;
    }

    /**
     * The question with what is right.
     *
     * @throws IllegalArgumentException where the reference had no answer to it
     */
    Question with(EvalPoint point, Question question, Answer answer) {
        if (reference == null) {
            return question;
        }
        if (point.equals(reference)) {
            return question.withAnswer(exam.key(answer));
        }
        Outcome right = said.get(question.row());
        if (right == null || !right.answered()) {
            throw new IllegalArgumentException("comparing with the point " + reference.name()
                    + ": it has no answer about this picture; its log says why");
        }
        return question.withAnswer(right.answer());
    }
}
