package dev.tandem.edge.serve;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Heads of the kind {@code counting}, for tests: the class of a picture is how many tokens of it are here. */
public final class CountingKind implements HeadKind {
    /** Taken by each answer for its time; a test that holds it holds the model. */
    static final Semaphore TURN = new Semaphore(1);

    @Override
    public String kind() {
        return "counting";
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return new Section(head.name());
    }

    private record Section(String name) implements HeadSection<TokenSet> {
        @Override
        public Class<TokenSet> reads() {
            return TokenSet.class;
        }

        @Override
        public Set<Class<? extends Task>> answers() {
            return Set.of(Task.Classify.class);
        }

        @Override
        public Head<TokenSet> open(Host host, HeadLimits limits) {
            return new Head<>() {
                @Override
                public Reading read(TokenSet evidence, BooleanSupplier cancelled) {
                    if (evidence == null) {
                        throw new IllegalArgumentException("counting the tokens of no picture");
                    }
                    return new Count(evidence.count());
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }
    }

    private record Count(int tokens) implements Reading {
        @Override
        public Tally answer(Task task, Sink sink) {
            TURN.acquireUninterruptibly();
            try {
                if (!sink.cancelled()) {
                    sink.part(new Part.Labels(List.of(new Label(tokens, tokens + " tokens", 1))));
                }
                return new Tally(Map.of("classes", 1L), Map.of("count", 1L), sink.cancelled());
            } finally {
                TURN.release();
            }
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Map<String, Long> stageNanos() {
            return Map.of("read", 1L);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
