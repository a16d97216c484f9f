package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ProgressLine;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.eval.data.Sample;
import dev.tandem.method.Knobs;
import dev.tandem.method.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalRunTest {
    private static final List<EvalPoint> POINTS = List.of(point("raw"), point("c16"), point("jpeg-q10"));

    @TempDir
    private Path folder;
    private Path data;
    private Path logs;

    @BeforeEach
    void writePictures() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        logs = Files.createDirectories(folder.resolve("logs"));
        Files.write(data.resolve("a.png"), new byte[]{1});
        Files.createDirectories(data.resolve("images"));
        Files.write(data.resolve("images/b.png"), new byte[]{2});
        Files.writeString(data.resolve("questions.tsv"), """
                image\tkind\tquestion\tanswer
                a.png\tyesno\tIs it?\tyes
                b.png\tyesno\tIs that?\tno
                a.png\tobject\tWhat?\tyes
                """);
    }

    @Test
    void asksPictureByPictureAndCountsWhatIsRight() throws IOException {
        FakeBackend backend = new FakeBackend();
        List<Outcome> outcomes = run(backend);
        assertEquals(9, backend.asked.size());
        assertEquals(List.of("a.png/raw/Is it?", "a.png/raw/What?", "a.png/c16/Is it?"), backend.asked.subList(0, 3));
        assertEquals(0, backend.open);
        PointSummary summary = PointSummary.of(POINTS.get(1), Exam.QUESTION, outcomes, outcomes);
        assertEquals(2.0 / 3, summary.accuracy().value(), 1e-9);
        assertEquals(300, summary.bytes());
        assertEquals(0, summary.difference().value());
        assertEquals(2, summary.kinds().get("yesno").questions());
        assertEquals(2, summary.pictures());
        assertNull(summary.near());
    }

    @Test
    void goesOnAfterAKillWithoutAskingTwice() throws IOException {
        for (int kill = 0; kill < 9; kill++) {
            FakeBackend dying = new FakeBackend();
            dying.diesAfter = kill;
            assertThrows(IllegalStateException.class, () -> run(dying));
            assertEquals(0, dying.open);
            // The kill came in the middle of a line.
            Files.writeString(logs.resolve("raw.jsonl"), "{\"row\":1,\"ima", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            FakeBackend second = new FakeBackend();
            assertEquals(3, run(second).size());
            assertEquals(9 - kill, second.asked.size());
            HashSet<String> all = new HashSet<>(dying.asked);
            all.addAll(second.asked);
            assertEquals(9, all.size());
            for (EvalPoint point : POINTS) {
                assertEquals(3, Files.readAllLines(logs.resolve(point.fileName() + ".jsonl")).size());
                Files.delete(logs.resolve(point.fileName() + ".jsonl"));
            }
        }
    }

    @Test
    void theControlAsksAboutTheNextPictureAndComesBackTheSame() throws IOException {
        FakeBackend backend = new FakeBackend();
        EvalPoint wrong = POINTS.get(1).withWrongPicture();
        assertEquals(3, run(backend, List.of(POINTS.get(1), wrong)).size());
        assertEquals(List.of("a.png/c16/Is it?", "a.png/c16/What?", "b.png/c16, wrong picture/Is it?",
                "b.png/c16, wrong picture/What?", "b.png/c16/Is that?", "a.png/c16, wrong picture/Is that?"),
                backend.asked);
        FakeBackend again = new FakeBackend();
        run(again, List.of(POINTS.get(1), wrong));
        assertEquals(List.of(), again.asked, "its log is its own");
        Map<String, String> next = EvalRun.following(List.of("a", "b", "c"));
        assertEquals(Map.of("a", "b", "b", "c", "c", "a"), next);
    }

    @Test
    void aRunIsResumedOnlyAsItWasStarted() throws IOException {
        Path out = folder.resolve("out");
        RunFile first = new RunFile(2, "pack", "question", "table", 10, 1, Conditions.USUAL);
        first.claim(out, false);
        first.claim(out, true);
        assertThrows(CommandFailedException.class, () -> first.claim(out, false));
        CommandFailedException refused = assertThrows(CommandFailedException.class,
                () -> new RunFile(2, "pack", "question", "table", 10, 2, Conditions.USUAL).claim(out, true));
        assertTrue(refused.getMessage().contains("seed=2"), refused.getMessage());
        assertThrows(CommandFailedException.class, () -> new RunFile(2, "pack", "question", "table", 10, 1,
                new Conditions("", 0.1, "")).claim(out, true), "without what is lost now");
    }

    @Test
    void aBadRowIsAnErrorAndTheRunGoesOn() throws IOException {
        Files.writeString(data.resolve("questions.tsv"), """
                image\tkind\tquestion\tanswer
                a.png\tyesno\tIs it?\tyes
                none.png\tyesno\tIs that?\tyes
                a.png\tyesno\tbad\tyes
                b.png\tyesno\tWhat?\tyes
                """);
        FakeBackend backend = new FakeBackend();
        backend.refuses = "bad";
        List<Outcome> outcomes = run(backend);
        assertEquals(List.of(true, false, true, false),
                outcomes.stream().sorted(Comparator.comparing(Outcome::kind).thenComparing(Outcome::image))
                        .map(Outcome::answered).toList());
        assertEquals(0, backend.open);
        PointSummary summary = PointSummary.of(POINTS.get(1), Exam.QUESTION, outcomes, outcomes);
        assertEquals(2, summary.errors());
        assertEquals(0.5, summary.accuracy().value());
        assertEquals(300, summary.bytes(), "what was not sent costs nothing, and is no part of a mean");
        String log = Files.readString(logs.resolve("c16.jsonl"));
        assertTrue(log.contains("\"error\":\"looking for the picture 'none.png'") && log.contains("[bad] is refused"),
                log);
        FakeBackend second = new FakeBackend();
        assertEquals(outcomes, run(second));
        assertEquals(List.of(), second.asked, "resumed, passed by");
    }

    @Test
    void aDamagedLogIsRefusedByLine() throws IOException {
        Files.writeString(logs.resolve("raw.jsonl"), "nonsense\n");
        CommandFailedException refused = assertThrows(CommandFailedException.class,
                () -> PointLog.open(logs.resolve("raw.jsonl")));
        assertTrue(refused.getMessage().contains("line 1"), refused.getMessage());
    }

    private static EvalPoint point(String name) {
        return EvalPoint.of(new Point(0, name, "any", new Knobs() {
        }));
    }

    private List<Outcome> run(Backend backend) throws IOException {
        return run(backend, POINTS);
    }

    private List<Outcome> run(Backend backend, List<EvalPoint> points) throws IOException {
        try (DataSet set = DataSet.open(data, null)) {
            Map<String, List<Question>> pictures = Sample.byPicture(set.questions(), 0, 1);
            try (EvalRun run = new EvalRun(set, pictures, points, Exam.QUESTION, 16, logs)) {
                run.run(backend, ProgressLine.onStandardError(true));
                return run.outcomes(points.get(1));
            }
        }
    }
}
