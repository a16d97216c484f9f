package dev.tandem.method.latent;

import dev.tandem.image.Planes;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Head;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.Stopwatch;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import java.util.function.BooleanSupplier;

/** A restorer. A reading runs it once, and what tells its drift; the picture is shrunk and written for each answer. */
final class LatentPictureHead implements Head<LatentMap> {
    private final LatentPictureSection section;
    private final RungSessions sessions;
    /** Null where the head tells none. */
    private final DriftSessions drift;

    LatentPictureHead(LatentPictureSection section, Host host) {
        this.section = section;
        sessions = new RungSessions(section.pack(), host, section.graphs());
        try {
            drift = section.drift().map(graphs -> new DriftSessions(graphs, host)).orElse(null);
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    @Override
    public void check(LatentMap evidence, Task task) {
        section.graphs().check(section.pack(), section.name(), evidence);
        section.drift().ifPresent(graphs -> graphs.against().graphs().check(section.pack(), graphs.against().name(),
                evidence));
    }

    @Override
    public Reading read(LatentMap evidence, BooleanSupplier cancelled) {
        check(evidence, null);
        Stopwatch stages = new Stopwatch();
        Preprocessing size = section.pack().manifest().preprocessing();
        float[] planes = sessions.run(evidence, "picture", 1, 3, size.height(), size.width());
        RgbImage picture = Planes.picture(planes, size.width(), size.height());
        stages.mark("restore");
        Drift found = drift == null ? null : drift.of(evidence, picture);
        if (found != null) {
            stages.mark("drift");
        }
        return new LatentPictureReading(
                new RestoredPicture(picture, section.synthetic(), evidence.used(), evidence.total(), found),
                stages.nanos());
    }

    @Override
    public void close() {
        sessions.close();
        if (drift != null) {
            drift.close();
        }
    }
}
