package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.method.Evidence;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is asked of an open head reaches the one of that name, and closing closes each once. */
class OpenHeadsTest {
    private final List<String> heard = new ArrayList<>();

    private record Seen(int used, int total) implements Evidence {}

    private record Other(int used, int total) implements Evidence {}

    private final class Named implements HeadSection<Seen>, Head<Seen> {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Class<Seen> reads() {
            return Seen.class;
        }

        @Override
        public Set<Class<? extends Task>> answers() {
            return Set.of(Task.Classify.class);
        }

        @Override
        public Head<Seen> open(Host host, HeadLimits limits) {
            heard.add("open " + name);
            return this;
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }

        @Override
        public void check(Seen evidence, Task task) {
            throw new IllegalArgumentException(name + " cannot do " + task.word());
        }

        @Override
        public Reading read(Seen evidence, BooleanSupplier cancelled) {
            heard.add("read " + name + " " + (evidence == null ? "nothing" : evidence.used()) + " "
                    + cancelled.getAsBoolean());
            return null;
        }

        @Override
        public void close() {
            heard.add("close " + name);
        }
    }

    @Test
    void asksTheHeadOfThatName() {
        Named first = new Named("first");
        Named second = new Named("second");
        OpenHeads heads = new OpenHeads();
        heads.open(first, null, null);
        heads.open(second, null, null);
        Task task = new Task.Classify(5);
        assertEquals("second cannot do classify",
                assertThrows(IllegalArgumentException.class, () -> heads.check(second, new Seen(1, 2), task))
                        .getMessage());
        assertThrows(ClassCastException.class, () -> heads.check(first, new Other(1, 2), task));
        assertNull(heads.read(second, new Seen(7, 9)));
        assertNull(heads.read(first, null, () -> true));
        assertThrows(ClassCastException.class, () -> heads.read(first, new Other(1, 2)));
        heads.close();
        heads.close();
        assertEquals(List.of("open first", "open second", "read second 7 false", "read first nothing true",
                "close first", "close second"), heard);
        assertThrows(NullPointerException.class, () -> heads.read(first, null), "none is open");
    }
}
