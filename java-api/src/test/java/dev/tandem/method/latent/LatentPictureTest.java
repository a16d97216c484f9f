package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.image.RgbImage;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatentPictureTest {
    @Test
    void planesBecomePixelsAndWhatIsOutsideIsLimited() {
        float[] planes = {0, 1, 0.5f, 0.2f, -3, 7, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.1f, 1,
                0.998f};
        byte[] pixels = {0, 0, 0, (byte) 255, (byte) 255, 26, (byte) 128, 0, (byte) 255, 51, (byte) 255, (byte) 254};
        RgbImage picture = LatentPictureHead.picture(planes, 2, 2);
        assertEquals(2, picture.width());
        assertArrayEquals(pixels, picture.rgb());
    }

    @Test
    void answersPreviewsOnlyAndAsOftenAsAsked() {
        LatentPictureReading reading = new LatentPictureReading(RgbImage.black(30, 20), 5);
        List<Part> parts = new ArrayList<>();
        Sink sink = new Sink() {
            @Override
            public void part(Part part) {
                parts.add(part);
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertEquals(true, reading.answer(new Task.Preview(10), sink).cancelled());
        reading.answer(new Task.Preview(20), sink);
        assertEquals(2, parts.size());
        assertEquals(30 * 20 * 3, reading.bytes());
        assertThrows(IllegalArgumentException.class, () -> reading.answer(new Task.Classify(1), sink));
    }
}
