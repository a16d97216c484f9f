package dev.tandem.hil.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers "yes" always, remembers what it was asked, and can die after some questions. */
final class FakeBackend implements Backend {
    final List<String> asked = new ArrayList<>();
    int diesAfter = Integer.MAX_VALUE;
    int open;

    @Override
    public void check(EvalPoint point) {
        // Serves everything.
    }

    @Override
    public Look look(String name, byte[] file) {
        open++;
        return new Look() {
            @Override
            public Shown show(EvalPoint point) {
                open++;
                return shown(name, point);
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    private Shown shown(String name, EvalPoint point) {
        return new Shown() {
            @Override
            public Sent sent() {
                return new Sent(point.name().length() * 100L, 16, Map.of("encode", 2_000_000L), 1_000_000L);
            }

            @Override
            public Reply ask(String question) {
                if (asked.size() == diesAfter) {
                    throw new IllegalStateException("killed");
                }
                asked.add(name + "/" + point.name() + "/" + question);
                return new Reply("Yes.", 5, 10);
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
