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
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Heads of the kind {@code noted}, for tests: a question gets its own words, and all that happens to one is noted. */
public final class NotedKind implements HeadKind {
    /** What happened, in order; a test empties it first. */
    static final List<String> NOTES = new CopyOnWriteArrayList<>();
    /** Whether pictures of equally many tokens are read in one run. */
    static volatile boolean together;
    /** A question that ends early, as if nobody waited for it any more. */
    static final String GONE = "gone";
    /** A question that the head has no words for. */
    static final String UNFIT = "unfit";

    @Override
    public String kind() {
        return "noted";
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
            return Set.of(Task.Question.class);
        }

        @Override
        public Head<TokenSet> open(Host host, HeadLimits limits) {
            NOTES.add("opened");
            return new Noted();
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }
    }

    private static final class Noted implements Head<TokenSet> {
        @Override
        public Reading read(TokenSet evidence, BooleanSupplier cancelled) {
            NOTES.add(evidence == null ? "read nothing" : "read " + evidence.used());
            return new Read();
        }

        @Override
        public Object alike(TokenSet evidence) {
            return together ? evidence.used() : null;
        }

        @Override
        public List<Reading> readTogether(List<TokenSet> evidence) {
            NOTES.add("read together " + evidence.stream().map(TokenSet::used).toList());
            return evidence.stream().map(one -> (Reading) new Read()).toList();
        }

        @Override
        public void close() {
            NOTES.add("closed");
        }
    }

    private static final class Read implements Reading {
        @Override
        public Tally answer(Task task, Sink sink) {
            String text = ((Task.Question) task).text();
            NOTES.add("answered " + text);
            switch (text) {
                case UNFIT -> throw new IllegalArgumentException("no words for it");
                case GONE -> {
                    return new Tally(Map.of(), Map.of(), true);
                }
                default -> sink.part(new Part.Words(text));
            }
            return new Tally(Map.of("words", 1L), Map.of("talk", 7L), false);
        }

        @Override
        public long bytes() {
            return 10;
        }

        @Override
        public Map<String, Long> stageNanos() {
            return Map.of("look", 5L);
        }

        @Override
        public void close() {
            NOTES.add("let go");
        }
    }
}
