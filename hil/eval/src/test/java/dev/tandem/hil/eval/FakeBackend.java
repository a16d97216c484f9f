package dev.tandem.hil.eval;

import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers "yes" always, remembers what it was asked, and can die after some questions. */
final class FakeBackend implements Backend {
    final List<String> asked = new ArrayList<>();
    int diesAfter = Integer.MAX_VALUE;
    int open;
    String refuses;

    @Override
    public void check(EvalPoint point, Task task) {
        // Serves everything.
    }

    @Override
    public Seen look(String name, byte[] file) {
        return (point, task) -> {
            open++;
            return shown(name, point);
        };
    }

    private Shown shown(String name, EvalPoint point) {
        return new Shown() {
            @Override
            public Sent sent() {
                return new Sent(new WireCost(0, point.name(), List.of(point.name().length() * 100 - 12), 1, Need.ANY),
                        -1, 16, Map.of("encode", 2_000_000L), 1_000_000L, null);
            }

            @Override
            public Reply ask(Task task) {
                if (asked.size() == diesAfter) {
                    throw new IllegalStateException("killed");
                }
                if (((Task.Question) task).text().equals(refuses)) {
                    throw new IllegalArgumentException("the question [" + refuses + "] is refused");
                }
                asked.add(name + "/" + point.name() + "/" + ((Task.Question) task).text());
                Answer answer = new Answer();
                answer.add(new Part.Words("Yes."));
                return new Reply(answer, 5, 10);
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
