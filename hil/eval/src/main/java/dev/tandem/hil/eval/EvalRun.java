package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.ProgressLine;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks every question at every point, picture by picture, and logs each answer as it comes. Questions that the logs
 * already hold are not asked again. A row that cannot be asked is logged as an error, and the run goes on.
 */
final class EvalRun implements AutoCloseable {
    private final DataSet data;
    private final Map<String, List<Question>> pictures;
    private final List<EvalPoint> points;
    private final Exam exam;
    private final int most;
    private final Map<EvalPoint, PointLog> logs = new LinkedHashMap<>();
    private final BadRows bad;
    private final AnswerKey key;

    /**
     * Opens the logs of all points in {@code folder}. A reference stands before the points that it is compared with.
     *
     * @param most answer tokens at most
     */
    EvalRun(DataSet data, Map<String, List<Question>> pictures, List<EvalPoint> points, Exam exam, int most,
            Path folder) throws IOException {
        this.exam = exam;
        this.most = most;
        this.data = data;
        this.pictures = pictures;
        this.points = points;
        this.bad = new BadRows(data.table(), System.err);
        for (EvalPoint point : points) {
            logs.put(point, PointLog.open(folder.resolve(point.fileName() + ".jsonl")));
        }
        EvalPoint reference = points.stream().filter(point -> point.role() == EvalPoint.Role.REFERENCE).findFirst()
                .orElse(null);
        this.key = new AnswerKey(exam, reference, logs.get(reference));
    }

    /** Asks what is missing. */
    void run(Backend backend, ProgressLine progress) throws IOException {
        progress.start(missing());
        Map<String, String> next = following(List.copyOf(pictures.keySet()));
        for (Map.Entry<String, List<Question>> picture : pictures.entrySet()) {
            List<EvalPoint> open = points.stream().filter(point -> !missing(point, picture.getValue()).isEmpty())
                    .toList();
            if (open.isEmpty()) {
                continue;
            }
            Map<String, Backend.Seen> looks = new HashMap<>();
            for (EvalPoint point : open) {
                String shown = point.role() == EvalPoint.Role.WRONG_PICTURE
                        ? next.get(picture.getKey())
                        : picture.getKey();
                Backend.Seen look = looks.get(shown);
                if (look == null) {
                    look = look(backend, shown);
                    looks.put(shown, look);
                }
                ask(look, point, missing(point, picture.getValue()), progress);
            }
        }
        progress.end();
        bad.end();
    }

    /** A picture that cannot be read says so where it is shown: its questions are errors, the others go on. */
    private Backend.Seen look(Backend backend, String image) {
        try {
            return backend.look(image, data.picture(image));
        } catch (IOException | RuntimeException e) {
            String words = BadRows.words(e);
            return (point, task) -> {
                throw new CommandFailedException(ExitCodes.DATA, words, e);
            };
        }
    }

    /** The picture behind each in the order of the run, the first behind the last: the wrong one for its questions. */
    static Map<String, String> following(List<String> pictures) {
        Map<String, String> next = new HashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            next.put(pictures.get(i), pictures.get((i + 1) % pictures.size()));
        }
        return next;
    }

    private void ask(Backend.Seen look, EvalPoint point, List<Question> questions, ProgressLine progress)
            throws IOException {
        PointLog log = logs.get(point);
        try (Backend.Shown shown = look.show(point, exam.any(most))) {
            for (Question question : questions) {
                Task task = exam.task(question.text(), most);
                try {
                    Backend.Reply reply = shown.ask(task);
                    Question keyed = key.with(point, question, reply.answer());
                    log.add(Outcome.of(keyed, exam.mark(keyed, reply.answer()), shown.sent(), task, reply));
                    progress.step(point.name());
                } catch (RuntimeException e) {
                    fail(point, question, BadRows.words(e), progress);
                }
            }
        } catch (RuntimeException e) { // of the picture: none of its questions has been asked
            String words = BadRows.words(e);
            for (Question question : missing(point, questions)) {
                fail(point, question, words, progress);
            }
        }
    }

    private void fail(EvalPoint point, Question question, String words, ProgressLine progress) throws IOException {
        logs.get(point).add(Outcome.failed(question, words));
        bad.add(question, words);
        progress.step(point.name());
    }

    private List<Question> missing(EvalPoint point, List<Question> questions) {
        PointLog log = logs.get(point);
        return questions.stream().filter(question -> !log.has(question.row())).toList();
    }

    private long missing() {
        long missing = 0;
        for (List<Question> questions : pictures.values()) {
            for (EvalPoint point : points) {
                missing += missing(point, questions).size();
            }
        }
        return missing;
    }

    /**
     * What came of this run's questions at one point, in the order of {@link dev.tandem.hil.eval.data.Sample}; what was
     * not asked is left out.
     */
    List<Outcome> outcomes(EvalPoint point) {
        List<Outcome> outcomes = new ArrayList<>();
        for (List<Question> questions : pictures.values()) {
            for (Question question : questions) {
                Outcome outcome = logs.get(point).get(question.row());
                if (outcome != null) {
                    outcomes.add(outcome);
                }
            }
        }
        return outcomes;
    }

    @Override
    public void close() throws IOException {
        for (PointLog log : logs.values()) {
            log.close();
        }
    }
}
