package dev.tandem.method.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logits to labels. */
class LabelReadingTest {
    private static final List<String> NAMES = List.of("ant", "bee", "cat", "dog", "emu");
    private static final float[] LOGITS = {1, 3, 2, -50, 3.5f};

    private static final class Kept implements Sink {
        private final List<Part> parts = new ArrayList<>();
        private final boolean gone;

        Kept(boolean gone) {
            this.gone = gone;
        }

        @Override
        public void part(Part part) {
            parts.add(part);
        }

        @Override
        public boolean cancelled() {
            return gone;
        }

        List<Label> labels() {
            return ((Part.Labels) parts.get(0)).best();
        }
    }

    private static LabelReading reading(List<String> names, float... logits) {
        return new LabelReading(new ClassLogits(names, logits, 1), 7);
    }

    @Test
    void givesTheLikeliestFirstWithTheirShareOfAll() {
        LabelReading reading = reading(NAMES, LOGITS);
        Kept all = new Kept(true);
        assertTrue(reading.answer(new Task.Classify(200), all).cancelled());
        assertEquals(List.of(4, 1, 2, 0, 3), all.labels().stream().map(Label::index).toList());
        assertEquals(List.of("emu", "bee", "cat", "ant", "dog"), all.labels().stream().map(Label::name).toList());
        double sum = 0;
        for (float logit : LOGITS) {
            sum += Math.exp(logit);
        }
        for (Label label : all.labels()) {
            assertEquals(Math.exp(LOGITS[label.index()]) / sum, label.probability(), 1e-6);
        }
        assertEquals(Map.of("label", 7L), reading.stageNanos());
        reading.close();
        Task other = new Task.Question("What?", 0);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> reading.answer(other, all));
        assertTrue(refused.getMessage().contains("[question]; needed classify"), refused.getMessage());
    }

    /** Logits so large that their exponentials overflow, and a class that takes all. */
    @Test
    void survivesLogitsOfAnySize() {
        Kept kept = new Kept(false);
        reading(List.of("a", "b"), 2000, 2000).answer(new Task.Classify(2), kept);
        assertEquals(0.5f, kept.labels().get(0).probability());
        assertEquals(0.5f, kept.labels().get(1).probability());
        Kept one = new Kept(false);
        reading(List.of("a", "b"), -2000, 2000).answer(new Task.Classify(1), one);
        assertEquals(new Label(1, "b", 1), one.labels().get(0));
    }

    /** At 2 the distances halve; ties go to the lower number. */
    @Test
    void temperatureFlattens() {
        double[] half = new ClassLogits(NAMES, new float[]{0, 2, 2, 0, 0}, 2).probabilities();
        double all = 3 + 2 * Math.E;
        for (int i = 0; i < half.length; i++) {
            assertEquals((i == 1 || i == 2 ? Math.E : 1) / all, half[i], 1e-15);
        }
        assertArrayEquals(new int[]{1, 2, 0}, new ClassLogits(NAMES, new float[]{0, 2, 2, 0, 0}, 2).likeliest(3));
    }
}
