package dev.tandem.method.image;

import dev.tandem.image.ImageWriter;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.Prepare;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import java.util.List;

/**
 * Device half of {@code image}: the picture at the encoder's input size, since more pixels would be bytes that nothing
 * uses, or smaller where the point says so, coded as JPEG or WebP. Runs no model. Stages: {@code prepare}, {@code
 * coding}. Any thread.
 */
final class ImageDevice implements DeviceHalf {
    private final Preprocessing preprocessing;
    private final SliceLimits limits;

    ImageDevice(Preprocessing preprocessing, SliceLimits limits) {
        this.preprocessing = preprocessing;
        this.limits = limits;
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        ImageKnobs knobs = point.knobs(ImageKnobs.class);
        Stopwatch stages = new Stopwatch();
        knobs.requireSide(point.name(), preprocessing);
        RgbImage small = knobs.shrunk(Prepare.resize(picture, preprocessing));
        stages.mark("prepare");
        List<byte[]> slices = ImageSlices.write(ImageWriter.write(small, knobs.format(), knobs.quality()), limits);
        stages.mark("coding");
        return Look.Send.of(slices, Need.ALL, 0, stages.nanos());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
