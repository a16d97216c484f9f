package dev.tandem.method.latent;

import dev.tandem.image.Hatch;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.JpegNotes;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.Map;

/** A restored picture, which every answer shows with what must be known of it. Holds memory of the heap only. */
final class LatentPictureReading implements Reading {
    private static final int QUALITY = 90;

    private final RestoredPicture restored;
    private final Map<String, Long> nanos;

    LatentPictureReading(RestoredPicture restored, Map<String, Long> nanos) {
        this.restored = restored;
        this.nanos = nanos;
    }

    @Override
    public Tally answer(Task task, Sink sink) {
        if (!(task instanceof Task.Preview preview)) {
            throw new IllegalArgumentException("a restoring head was asked for [" + task.word()
                    + "]; needed preview");
        }
        long start = System.nanoTime();
        RgbImage small = within(restored.picture(), preview.side());
        String words = restored.words();
        byte[] file = ImageWriter.jpeg(restored.synthetic() ? Hatch.border(small) : small, QUALITY,
                new JpegNotes(restored.synthetic(), words));
        long written = System.nanoTime() - start;
        if (!words.isEmpty()) {
            sink.part(new Part.Words(words));
        }
        sink.part(new Part.Picture(file, "image/jpeg"));
        return new Tally(
                restored.drift() == null ? Map.of() : Map.of("drift", restored.drift().differs() ? 1L : 0L),
                Map.of("write", written), sink.cancelled());
    }

    /** With no side longer than that; never enlarged. */
    private static RgbImage within(RgbImage picture, int side) {
        double scale = Math.min(1, (double) side / Math.max(picture.width(), picture.height()));
        return Resize.bilinear(picture, (int) Math.max(1, Math.round(picture.width() * scale)),
                (int) Math.max(1, Math.round(picture.height() * scale)));
    }

    @Override
    public long bytes() {
        return restored.picture().rgb().length;
    }

    @Override
    public Map<String, Long> stageNanos() {
        return nanos;
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
