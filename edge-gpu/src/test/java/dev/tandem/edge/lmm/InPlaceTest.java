package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One cache that the graph extends in place. */
class InPlaceTest extends LanguageModelContract {
    @BeforeAll
    static void open() {
        open(true);
    }

    @Test
    void groupedQueryAttentionIsFoundAbleAndTakesHalfTheMemory() {
        assertTrue(model().inPlace());
        try (Engine engine = TinyModel.engine(); LanguageModel two = TinyModel.open(engine, 512, false)) {
            assertFalse(two.inPlace());
            assertTrue(model().memoryBytes() < two.memoryBytes());
        }
    }
}
