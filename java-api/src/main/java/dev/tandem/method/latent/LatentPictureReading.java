package dev.tandem.method.latent;

import dev.tandem.image.ImageWriter;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.Map;

/** A restored picture. Holds memory of the heap only. */
final class LatentPictureReading implements Reading {
    private static final int QUALITY = 90;

    private final RgbImage picture;
    private final long nanos;

    LatentPictureReading(RgbImage picture, long nanos) {
        this.picture = picture;
        this.nanos = nanos;
    }

    @Override
    public Tally answer(Task task, Sink sink) {
        if (!(task instanceof Task.Preview preview)) {
            throw new IllegalArgumentException("a restoring head was asked for [" + task.word()
                    + "]; needed preview");
        }
        long start = System.nanoTime();
        byte[] file = ImageWriter.jpeg(within(picture, preview.side()), QUALITY);
        long written = System.nanoTime() - start;
        sink.part(new Part.Picture(file, "image/jpeg"));
        return new Tally(Map.of(), Map.of("write", written), sink.cancelled());
    }

    /** With no side longer than that; never enlarged. */
    private static RgbImage within(RgbImage picture, int side) {
        double scale = Math.min(1, (double) side / Math.max(picture.width(), picture.height()));
        return Resize.bilinear(picture, (int) Math.max(1, Math.round(picture.width() * scale)),
                (int) Math.max(1, Math.round(picture.height() * scale)));
    }

    @Override
    public long bytes() {
        return picture.rgb().length;
    }

    @Override
    public Map<String, Long> stageNanos() {
        return Map.of("restore", nanos);
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
