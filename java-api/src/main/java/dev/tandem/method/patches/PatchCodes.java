package dev.tandem.method.patches;

import dev.tandem.method.patches.codec.JpegCode;
import dev.tandem.method.patches.codec.PatchCode;
import dev.tandem.method.patches.codec.RgbCode;
import dev.tandem.method.patches.codec.Transform;
import dev.tandem.method.patches.codec.TransformCode;

/**
 * Makes the codes of points. What they share is here, so that one costs little and nobody has to keep it. Any thread.
 *
 * @param transform the pack's, closed with this; null where it has none
 */
record PatchCodes(PatchGrid grid, Transform transform) implements AutoCloseable {
    /** A code, which works until this is closed. */
    PatchCode of(PatchKnobs.Coding coding) {
        return switch (coding.code()) {
            case RGB -> new RgbCode(grid.bytes());
            case JPEG -> new JpegCode(grid.side(), coding.quality());
            case TRANSFORM -> new TransformCode(transform, coding.step(), coding.scaleShift());
        };
    }

    @Override
    public void close() {
        if (transform != null) {
            transform.close();
        }
    }
}
