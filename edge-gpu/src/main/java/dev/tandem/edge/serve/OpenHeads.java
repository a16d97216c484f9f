package dev.tandem.edge.serve;

import dev.tandem.method.Evidence;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The heads of a pack that are open. On the model thread. */
public final class OpenHeads implements AutoCloseable {
    private final Map<String, Opened<?>> heads = new LinkedHashMap<>();

    private record Opened<E extends Evidence>(HeadSection<E> section, Head<E> head) {
        static <E extends Evidence> Opened<E> open(HeadSection<E> section, Host host, HeadLimits limits) {
            return new Opened<>(section, section.open(host, limits));
        }

        void check(Evidence evidence, Task task) {
            head.check(section.reads().cast(evidence), task);
        }

        Object alike(Evidence evidence) {
            return head.alike(section.reads().cast(evidence));
        }

        List<Reading> readTogether(List<Evidence> evidence) {
            return head.readTogether(evidence.stream().map(section.reads()::cast).toList());
        }

        Reading read(Evidence evidence, BooleanSupplier cancelled) {
            return head.read(section.reads().cast(evidence), cancelled);
        }
    }

    /** Opens one more. */
    public void open(HeadSection<?> section, Host host, HeadLimits limits) {
        heads.put(section.name(), Opened.open(section, host, limits));
    }

    /** Refuses a task that a head cannot do with the evidence, before any work: IllegalArgumentException in words. */
    void check(HeadSection<?> head, Evidence evidence, Task task) {
        heads.get(head.name()).check(evidence, task);
    }

    /** As {@link #read(HeadSection, Evidence)}; null once it is cancelled. */
    Reading read(HeadSection<?> head, Evidence evidence, BooleanSupplier cancelled) {
        return heads.get(head.name()).read(evidence, cancelled);
    }

    /** What a head makes of evidence of the kind that it reads; null for a task without a picture. */
    public Reading read(HeadSection<?> head, Evidence evidence) {
        return read(head, evidence, () -> false);
    }

    /** What must be equal of evidence that a head reads in one run; null where it reads each alone. */
    Object alike(HeadSection<?> head, Evidence evidence) {
        return heads.get(head.name()).alike(evidence);
    }

    /** What a head makes of evidence that is alike, in the same order. */
    List<Reading> readTogether(HeadSection<?> head, List<Evidence> evidence) {
        return heads.get(head.name()).readTogether(evidence);
    }

    @Override
    public void close() {
        heads.values().forEach(opened -> opened.head().close());
        heads.clear();
    }
}
