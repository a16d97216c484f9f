package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivedTest {
    private static final Backend.Sent SENT = new Backend.Sent(WireCost.NOTHING, -1, 16, Map.of(), 5, null);

    private static final class Saying implements Reading {
        private final List<Task> asked = new ArrayList<>();
        private boolean closed;

        @Override
        public Tally answer(Task task, Sink sink) {
            asked.add(task);
            sink.part(new Part.Words("a "));
            sink.part(new Part.Words("cat"));
            return new Tally(Map.of(), Map.of(), sink.cancelled());
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Map<String, Long> stageNanos() {
            return Map.of();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void whatAHeadHasReadAnswersAnyNumberOfTasks() {
        Saying reading = new Saying();
        Task task = new Task.Question("What?", 4);
        try (Arrived arrived = Arrived.read(SENT, reading)) {
            assertSame(SENT, arrived.sent());
            Backend.Reply reply = arrived.ask(task);
            assertEquals("a cat", reply.answer().text());
            assertTrue(reply.firstPartNanos() > 0 && reply.firstPartNanos() <= reply.totalNanos());
            assertEquals("a cat", arrived.ask(task).answer().text());
        }
        assertEquals(List.of(task, task), reading.asked);
        assertTrue(reading.closed);
    }

    @Test
    void whatTheDeviceKnewNeedsNoHead() {
        Part.Labels labels = new Part.Labels(List.of(new Label(7, "cat", 0.9f)));
        try (Arrived arrived = Arrived.answered(SENT, List.of(labels))) {
            assertEquals(labels.best(), arrived.ask(new Task.Classify(1)).answer().labels());
        }
        try (Arrived nothing = Arrived.answered(SENT, List.of())) {
            assertEquals(0, nothing.ask(new Task.Classify(1)).firstPartNanos());
        }
    }
}
