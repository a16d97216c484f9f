package dev.tandem.hil.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Task;

/**
 * One question at one point: a line of the log.
 *
 * @param row
 *            of the question in its table
 * @param answer
 *            what would be right
 * @param right
 *            whether the answer is right
 * @param near
 *            whether the right one was among the best; of a question's words the same as {@code right}
 * @param wireBytes
 *            the picture took, frame headers counted
 * @param slices
 *            that it took
 * @param askBytes
 *            of the frame that asks, its header counted
 * @param packets
 *            up, with question and slices
 * @param knownBytes
 *            of a picture file, those that both ends could know beforehand; -1 where no picture file was sent
 * @param units
 *            tokens, patches or bands that the head saw
 * @param deviceNanos
 *            all stages of the device; a stage that another point had already run counts as if run here
 * @param edgeNanos
 *            from slices to a head that has read the picture
 * @param firstWordNanos
 *            from the question to the first part of the answer
 * @param answerNanos
 *            from the question to the end
 * @param squares
 *            of the picture that were sent, 0 where the device answered; null where the method does not choose among
 *            such
 * @param error
 *            why the question could not be asked, and then it counts as a wrong answer and nothing was measured; else
 *            null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"row", "image", "kind", "question", "answer", "said", "right", "near"})
record Outcome(int row, String image, String kind, String question, String answer, String said, boolean right,
        boolean near, long wireBytes, int slices, int askBytes, int packets, int knownBytes, int units,
        long deviceNanos, long edgeNanos, long firstPartNanos, long answerNanos, SquaresSent squares, String error) {

    /** One that was asked and answered, with what is right. */
    static Outcome of(Question question, Exam.Mark mark, Backend.Sent sent, Task task, Backend.Reply reply) {
        long device = sent.deviceNanos().values().stream().mapToLong(Long::longValue).sum();
        return new Outcome(question.row(), question.image(), question.kind(), question.text(), question.answer(),
                mark.said(), mark.right(), mark.near(), sent.wire().pictureBytes(), sent.wire().sliceBytes().size(),
                sent.wire().askBytes(task), sent.wire().packets(task), sent.knownBytes(), sent.units(), device,
                sent.edgeNanos(), reply.firstPartNanos(), reply.totalNanos(), sent.squares(), null);
    }

    /** One that could not be asked. */
    static Outcome failed(Question question, String error) {
        return new Outcome(question.row(), question.image(), question.kind(), question.text(), question.answer(), "",
                false, false, 0, 0, 0, 0, Backend.Sent.NO_PICTURE_FILE, 0, 0, 0, 0, 0, null, error);
    }

    /** Whether it was asked and answered. */
    @JsonIgnore
    boolean answered() {
        return error == null;
    }

    /** Whether the device answered it by itself. */
    @JsonIgnore
    boolean here() {
        return answered() && slices == 0;
    }
}
