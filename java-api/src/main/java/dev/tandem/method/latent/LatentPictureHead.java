package dev.tandem.method.latent;

import dev.tandem.image.RgbImage;
import dev.tandem.method.Head;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import java.util.function.BooleanSupplier;

/** A restorer. A reading runs it once; the picture is shrunk and written for each answer. */
final class LatentPictureHead implements Head<LatentMap> {
    private static final float WHITE = 255;

    private final LatentPictureSection section;
    private final RungSessions sessions;

    LatentPictureHead(LatentPictureSection section, Host host) {
        this.section = section;
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
        Preprocessing size = section.pack().manifest().preprocessing();
        float[] planes = sessions.run(evidence, "picture", 1, 3, size.height(), size.width());
        RgbImage picture = picture(planes, size.width(), size.height());
        return new LatentPictureReading(picture, System.nanoTime() - start);
    }

    /** Planes of 0..1, limited to that, to pixels; what is no number is black. */
    static RgbImage picture(float[] planes, int width, int height) {
        RgbImage picture = RgbImage.black(width, height);
        int pixels = width * height;
        for (int i = 0; i < planes.length; i++) {
            picture.rgb()[i % pixels * 3 + i / pixels] = (byte) (int) Math.rint(Math.clamp(planes[i], 0f, 1f) * WHITE);
        }
        return picture;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
