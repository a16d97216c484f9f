package dev.tandem.method.squeeze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.image.Hatch;
import dev.tandem.image.ImageReader;
import dev.tandem.image.Planes;
import dev.tandem.image.RgbImage;
import dev.tandem.method.PackSession;
import dev.tandem.method.Slice;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.LatentShape;
import dev.tandem.method.latent.TinyLadder;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a person sees and is told, against the same graphs run by hand. */
class SqueezePreviewTest extends SqueezeRig {
    private static final Task.Preview WHOLE = new Task.Preview(500);
    private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog", "emu");

    private static RgbImage read(Part.Picture picture) {
        try {
            return ImageReader.read("jpeg", 1 << 20, picture.file(), "of the test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the drift graph says of a picture. */
    private static float[] seen(RgbImage picture) {
        try (Session session = PackSession.open(ladder.host().engine(), PACK, "seer");
                CountedArena arena = CountedArena.confined(ladder.host().memory())) {
            Tensor pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 3, 64, 96);
            Tensor logits = Tensor.allocate(arena, DType.FLOAT32, 1, 5);
            pixels.setFloats(Planes.of(picture));
            try (Binding binding = session.bind(Map.of("picture", pixels), Map.of("logits", logits))) {
                binding.run();
            }
            return logits.toFloats();
        }
    }

    @Test
    void driftIsWhereTwoClassifiersDisagree() {
        Set<Long> both = new TreeSet<>();
        for (long seed = 0; seed < 24; seed++) {
            LatentMap map = map(TinyLadder.picture(seed), seed % 2 == 0 ? HALF : QUARTER);
            TinyLadder.Answered plain = ladder.ask("plain", WHOLE, map);
            assertEquals("", plain.answer().text());
            assertEquals(Map.of(), plain.tally().counts());
            float[] logits = seen(read(plain.answer().picture()));
            float[] sorted = logits.clone();
            Arrays.sort(sorted);
            if (sorted[4] - sorted[3] < 0.3) {
                continue; // too near for a picture that went through JPEG
            }
            String picture = CLASSES.get(Arrays.stream(new int[]{0, 1, 2, 3, 4}).boxed()
                    .max((a, b) -> Float.compare(logits[a], logits[b])).orElseThrow());
            String bits = ladder.ask("mean", new Task.Classify(1), map).answer().labels().getFirst().name();
            TinyLadder.Answered person = ladder.ask("person", WHOLE, map);
            String words = person.answer().text();
            long drift = picture.equals(bits) ? 0 : 1;
            assertEquals(Map.of("drift", drift), person.tally().counts());
            assertEquals(List.of("restore", "drift"), person.stages());
            assertTrue(words.contains(drift == 1
                    ? "looks like " + picture + " ("
                    : "agree on the class: " + picture + " ("), words + " where the picture is " + picture);
            assertTrue(drift == 0 || words.contains("the bits say " + bits + " ("), words);
            both.add(drift);
        }
        assertEquals(Set.of(0L, 1L), both, "the drawn pictures show both");
    }

    @Test
    void aSyntheticPictureIsMarkedInItsFileAndOnItsBorderAtEverySize() {
        List<Slice> slices = ladder.send(TinyLadder.picture(5), FOUR).slices();
        LatentMap some = ladder.decode(slices.subList(1, 4), FOUR, 4);
        for (int side : new int[]{500, 96, 48, 3, 1}) {
            Part.Picture picture = ladder.ask("person", new Task.Preview(side), some).answer().picture();
            RgbImage shown = read(picture);
            assertEquals(Math.min(96, side), shown.width());
            String file = new String(picture.file(), StandardCharsets.UTF_8);
            assertTrue(file.contains("digitalsourcetype/trainedAlgorithmicMedia") && file.contains("Synthetic picture")
                    && file.contains("[3] of 4 bands"));
        }
        RgbImage plain = read(ladder.ask("plain", WHOLE, some).answer().picture());
        RgbImage marked = read(ladder.ask("person", WHOLE, some).answer().picture());
        int border = Hatch.width(marked);
        assertTrue(difference(plain.crop(24, 16, 48, 32), marked.crop(24, 16, 48, 32)) < 4);
        assertTrue(difference(plain.crop(0, 0, 96, border), marked.crop(0, 0, 96, border)) > 40);
        String words = ladder.ask("plain", WHOLE, some).answer().text();
        assertEquals("Restored from [3] of 4 bands; what the others held is guessed.", words);
        assertFalse(new String(ladder.ask("plain", WHOLE, some).answer().picture().file(), StandardCharsets.UTF_8)
                .contains("trainedAlgorithmicMedia"));
    }

    private static double difference(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return sum / a.rgb().length;
    }

    @Test
    void aMapThatNoGraphReadsIsRefusedInWords() {
        LatentShape other = new LatentShape(11, 8, 12);
        LatentMap map = new LatentMap(new float[other.values()], other, "half", new BitSet(), 1);
        for (String head : List.of("person", "plain")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ladder.ask(head, WHOLE, map)).getMessage()
                    .contains("reads 12 channels"));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ladder.ask(head, WHOLE, null)).getMessage()
                    .contains("without a picture"));
        }
    }
}
