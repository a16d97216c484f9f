package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamTest {

    @Test
    void aQuestionIsRightInItsWords() {
        Question question = new Question(0, "a.png", "object", "What?", "garbage truck");
        assertEquals(new Task.Question("What?", 16), Exam.QUESTION.task(question.text(), 16));
        Answer answer = new Answer();
        answer.add(new Part.Words("Garbage "));
        answer.add(new Part.Words("truck."));
        assertEquals(new Exam.Mark("Garbage truck.", true, true), Exam.QUESTION.mark(question, answer));
        assertFalse(Exam.QUESTION.mark(question, new Answer()).right());
    }

    @Test
    void aClassIsKnownByItsNumberOrItsName() {
        Answer answer = labels(7, 3, 0);
        assertEquals(new Exam.Mark("class 7", true, true), Exam.CLASSIFY.mark(of("7"), answer));
        assertEquals(new Exam.Mark("class 7", false, true), Exam.CLASSIFY.mark(of("3"), answer));
        assertEquals(new Exam.Mark("class 7", false, false), Exam.CLASSIFY.mark(of("70"), answer));
        assertTrue(Exam.CLASSIFY.mark(of("Class 7"), answer).right());
        assertTrue(Exam.CLASSIFY.mark(of("class_0"), answer).near());
        assertEquals(new Exam.Mark("", false, false), Exam.CLASSIFY.mark(of("7"), new Answer()));
    }

    @Test
    void nearEndsWithTheFifth() {
        Answer answer = labels(1, 2, 3, 4, 5, 6);
        assertTrue(Exam.CLASSIFY.mark(of("5"), answer).near());
        assertFalse(Exam.CLASSIFY.mark(of("6"), answer).near());
        assertEquals(new Task.Classify(5), Exam.CLASSIFY.task("", 16));
    }

    @Test
    void theCommandLineNamesThem() {
        assertEquals(Exam.CLASSIFY, Exam.of("classify"));
        assertEquals(Exam.QUESTION, Exam.of("question"));
        assertTrue(assertThrows(CommandFailedException.class, () -> Exam.of("preview")).getMessage()
                .contains("question or classify"));
    }

    @Test
    void exactMatchForgivesCaseSpacesAndTheFinalStop() {
        assertTrue(ExactMatch.same(" Garbage Truck. ", "garbage truck"));
        assertTrue(ExactMatch.same("room divider", "room_divider"));
        assertFalse(ExactMatch.same("two cats", "cats"));
        assertFalse(ExactMatch.same("1.5", "15"));
    }

    private static Question of(String answer) {
        return new Question(0, "a.png", "all", "", answer);
    }

    private static Answer labels(int... classes) {
        List<Label> best = new ArrayList<>();
        for (int one : classes) {
            best.add(new Label(one, "class " + one, 0.1f));
        }
        Answer answer = new Answer();
        answer.add(new Part.Labels(best));
        return answer;
    }
}
