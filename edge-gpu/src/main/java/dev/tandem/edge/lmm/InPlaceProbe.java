package dev.tandem.edge.lmm;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a decoder graph can extend its past in place (grouped-query attention of ONNX Runtime does when
 * past and present are the same memory; a graph that concatenates cannot). Asked by trying: the same positions both
 * ways must give the same logits.
 */
final class InPlaceProbe {
    private static final Logger LOG = LoggerFactory.getLogger(InPlaceProbe.class);
    private static final int FIRST = 3;
    private static final int ALL = 6;
    private static final float TOLERANCE = 1e-4f;

    private InPlaceProbe() {
    }

    /** Whether it can; {@code prompt} holds at least {@value #ALL} positions. */
    static boolean works(Decoder decoder, DecoderLayout layout, PromptEmbedder prompt, MemoryAccount memory) {
        if (prompt.length() < ALL) {
            return false;
        }
        try (CountedArena arena = CountedArena.confined(memory)) {
            KvCache one = KvCache.allocate(arena, layout, ALL + 2);
            KvCache two = KvCache.allocate(arena, layout, ALL + 2);
            decoder.run(prompt.place(0, FIRST), one, 0, two);
            decoder.run(prompt.place(FIRST, ALL - 1 - FIRST), two, FIRST, one);
            decoder.run(prompt.place(ALL - 1, 1), one, ALL - 1, two);
            float[] expected = decoder.lastLogits().clone();
            decoder.runInPlace(prompt.place(0, FIRST), one, 0);
            decoder.runInPlace(prompt.place(FIRST, ALL - 1 - FIRST), one, FIRST);
            decoder.runInPlace(prompt.place(ALL - 1, 1), one, ALL - 1);
            return alike(expected, decoder.lastLogits());
        } catch (RuntimeException e) {
            LOG.debug("the decoder cannot extend its cache in place: {}", e.getMessage());
            return false;
        }
    }

    private static boolean alike(float[] expected, float[] found) {
        float largest = 1;
        float difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - found[i]));
        }
        return difference <= TOLERANCE * largest;
    }
}
