package dev.tandem.method.image;

import dev.tandem.image.ImageWriter;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import java.util.List;

/**
 * Device half of {@code image}: the picture squashed to the encoder's input size, since more pixels would be bytes that
 * nothing uses, and coded as JPEG or WebP. Runs no model. Stages: {@code prepare}, {@code coding}. Any thread.
 */
public final class ImageDevice implements DeviceMethod {
    private final Preprocessing preprocessing;
    private final SliceLimits limits;

    /** A coder for the pack's picture size. */
    public ImageDevice(Pack pack, SliceLimits limits) {
        this.preprocessing = pack.manifest().preprocessing();
        this.limits = limits;
    }

    @Override
    public EncodedPicture encode(RgbImage image, OperatingPoint op) {
        PointRules.check(op, "image", Integer.MAX_VALUE);
        Stopwatch stages = new Stopwatch();
        RgbImage small = Resize.bilinear(image, preprocessing.width(), preprocessing.height());
        stages.mark("prepare");
        List<byte[]> slices = ImageSlices.write(ImageWriter.write(small, op.format(), op.quality()), limits);
        stages.mark("coding");
        return new EncodedPicture(slices, 0, stages.nanos());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
