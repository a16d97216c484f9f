package dev.tandem.method.latent;

import dev.tandem.method.Head;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.labels.ClassLogits;
import dev.tandem.method.labels.LabelReading;
import dev.tandem.task.Task;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A backbone's blueprint and its later layers. A reading runs them once; labels are chosen from its logits. */
final class LatentLabelHead implements Head<LatentMap> {
    private final LatentLabelSection section;
    private final List<String> names;
    private final RungSessions sessions;

    LatentLabelHead(LatentLabelSection section, Host host) {
        this.section = section;
        names = section.names();
        sessions = new RungSessions(section.pack(), host, section.graphs());
    }

    @Override
    public void check(LatentMap evidence, Task task) {
        section.graphs().check(section.pack(), section.name(), evidence);
    }

    @Override
    public Reading read(LatentMap evidence, BooleanSupplier cancelled) {
        section.graphs().check(section.pack(), section.name(), evidence);
        long start = System.nanoTime();
        float[] logits = sessions.run(evidence, "logits", 1, section.classes());
        return new LabelReading(new ClassLogits(names, logits, 1), System.nanoTime() - start);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
