package dev.tandem.edge.serve;

import dev.tandem.method.Evidence;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import java.util.LinkedHashMap;
import java.util.Map;

/** The heads of a pack that are open. On the model thread. */
public final class OpenHeads implements AutoCloseable {
    private final Map<String, Opened<?>> heads = new LinkedHashMap<>();

    private record Opened<E extends Evidence>(HeadSection<E> section, Head<E> head) {
        static <E extends Evidence> Opened<E> open(HeadSection<E> section, Host host, HeadLimits limits) {
            return new Opened<>(section, section.open(host, limits));
        }

        Reading read(Evidence evidence) {
            return head.read(section.reads().cast(evidence));
        }
    }

    /** Opens one more. */
    public void open(HeadSection<?> section, Host host, HeadLimits limits) {
        heads.put(section.name(), Opened.open(section, host, limits));
    }

    /** What a head makes of evidence of the kind that it reads; null for a task without a picture. */
    public Reading read(HeadSection<?> head, Evidence evidence) {
        return heads.get(head.name()).read(evidence);
    }

    @Override
    public void close() {
        heads.values().forEach(opened -> opened.head().close());
        heads.clear();
    }
}
