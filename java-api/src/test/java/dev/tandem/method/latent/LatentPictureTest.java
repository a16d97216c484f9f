package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.RgbImage;
import dev.tandem.method.Tally;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatentPictureTest {
    private static final Label CAT = new Label(2, "cat", 0.449f);
    private static final Label DOG = new Label(3, "dog", 0.8f);
    private final List<Part> parts = new ArrayList<>();
    private final Sink sink = new Sink() {
        @Override
        public void part(Part part) {
            parts.add(part);
        }

        @Override
        public boolean cancelled() {
            return true;
        }
    };

    private Tally answer(boolean synthetic, int here, int total, Drift drift) {
        parts.clear();
        return new LatentPictureReading(new RestoredPicture(RgbImage.black(30, 20), synthetic, here, total, drift),
                Map.of("restore", 5L)).answer(new Task.Preview(20), sink);
    }

    private String words() {
        return ((Part.Words) parts.getFirst()).text();
    }

    private String file() {
        return new String(((Part.Picture) parts.getLast()).file(), StandardCharsets.UTF_8);
    }

    @Test
    void answersPreviewsOnlyAndAsOftenAsAsked() {
        LatentPictureReading reading = new LatentPictureReading(
                new RestoredPicture(RgbImage.black(30, 20), false, 1, 1, null), Map.of("restore", 5L));
        assertEquals(true, reading.answer(new Task.Preview(10), sink).cancelled());
        reading.answer(new Task.Preview(20), sink);
        assertEquals(2, parts.size());
        assertEquals(30 * 20 * 3, reading.bytes());
        assertThrows(IllegalArgumentException.class, () -> reading.answer(new Task.Classify(1), sink));
    }

    @Test
    void aPlainWholeRestorationSaysNothing() {
        assertEquals(Map.of(), answer(false, 4, 4, null).counts());
        assertEquals(1, parts.size());
        assertTrue(!file().contains("xpacket") && !file().contains("Restored"));
    }

    @Test
    void lostBandsAreSaidByThePictureAndItsFile() {
        answer(false, 3, 4, null);
        assertEquals("Restored from [3] of 4 bands; what the others held is guessed.", words());
        assertTrue(file().contains(words()) && !file().contains("xpacket"));
    }

    @Test
    void driftIsCountedAndSaid() {
        assertEquals(Map.of("drift", 1L), answer(true, 2, 4, new Drift(CAT, DOG)).counts());
        assertTrue(words().contains("Synthetic") && words().contains("[2] of 4 bands"), words());
        assertTrue(words().endsWith("looks like cat (45 %), but the bits say dog (80 %): they differ, go by the bits."),
                words());
        assertTrue(file().contains(words()) && file().contains("trainedAlgorithmicMedia"));
        assertEquals(Map.of("drift", 0L), answer(true, 4, 4, new Drift(DOG, DOG)).counts());
        assertTrue(words().contains("agree on the class: dog (80 %)") && !words().contains("bands"), words());
    }
}
