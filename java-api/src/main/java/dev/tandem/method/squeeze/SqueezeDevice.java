package dev.tandem.method.squeeze;

import dev.tandem.image.Planes;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Point;
import dev.tandem.method.latent.LadderDevice;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import java.util.Optional;

/** Device half of {@code squeeze}: the ladder's, which can show what it looks at. */
final class SqueezeDevice implements DeviceHalf {
    private final SqueezeSection section;
    private final LadderDevice ladder;

    SqueezeDevice(SqueezeSection section, Host host) {
        this.section = section;
        ladder = new LadderDevice(section.ladder(), host);
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        return ladder.look(picture, point, task);
    }

    @Override
    public Optional<RgbImage> small(RgbImage picture, Point point) {
        Preprocessing size = section.ladder().pack().manifest().preprocessing();
        int width = size.width() / section.scale(point);
        int height = size.height() / section.scale(point);
        return Optional.of(
                Planes.picture(ladder.run(picture, point, SqueezeRung.SMALL, 1, 3, height, width), width, height));
    }

    @Override
    public void close() {
        ladder.close();
    }
}
