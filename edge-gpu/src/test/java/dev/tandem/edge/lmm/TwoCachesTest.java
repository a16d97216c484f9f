package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Past and present in two caches that change places. */
class TwoCachesTest extends LanguageModelContract {
    @BeforeAll
    static void open() {
        open(false);
    }

    @Test
    void thePackIsReadWithTwoCaches() {
        assertFalse(model().inPlace());
    }
}
