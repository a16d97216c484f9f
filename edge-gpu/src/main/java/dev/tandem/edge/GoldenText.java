package dev.tandem.edge;

import java.util.Arrays;
import java.util.List;

import dev.tandem.edge.lmm.Answer;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.Prefix;
import dev.tandem.edge.lmm.Sampling;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.PackException;

/** Replays a pack's golden questions before anything is timed: a fast wrong answer is worth nothing. */
final class GoldenText {
    private GoldenText() {
    }

    /**
     * Compares the greedy answer's token ids, as many as were recorded.
     *
     * @throws PackException
     *             if another answer came, with both
     */
    static void check(LanguageModel model, GoldenVector.OfText golden) {
        Sampling sampling = Sampling.greedy(Math.max(1, golden.ids().size()));
        try (Prefix prefix = model.prefill(null)) {
            Answer answer = model.generate(prefix, golden.prompt(), sampling, words -> {
            }, () -> false);
            List<Integer> found = Arrays.stream(answer.ids()).boxed().toList();
            if (!found.equals(golden.ids()))
                throw new PackException("replaying the golden question [" + golden.prompt() + "]: token ids " + found
                        + ", pack.json has " + golden.ids()
                        + "; the engine computes differently here, or the pack was changed: run tandem model verify");
        }
    }
}
