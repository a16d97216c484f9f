package dev.tandem.edge.lmm;

import java.util.List;

/**
 * How the next token is chosen and when to stop.
 *
 * @param temperature
 *            divides the logits; 0 = greedy (the highest logit, the lower id on a tie)
 * @param topK
 *            only the k likeliest tokens may be drawn; 0 = all
 * @param topP
 *            only the likeliest tokens that together reach this probability may be drawn; 1 = all
 * @param seed
 *            the same seed, prompt and graphs give the same answer
 * @param maxNewTokens
 *            at most this many tokens
 * @param stopTexts
 *            the answer ends before the first of these texts
 */
public record Sampling(float temperature, int topK, float topP, long seed, int maxNewTokens, List<String> stopTexts) {
    public Sampling {
        stopTexts = List.copyOf(stopTexts);
        if (!(temperature >= 0) || temperature > 100) {
            throw new IllegalArgumentException(
                    "temperature must lie in [0, 100] (0 = greedy), found [" + temperature + "]");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be 0 (all) or more, found [" + topK + "]");
        }
        if (!(topP > 0) || topP > 1) {
            throw new IllegalArgumentException("top-p must lie in (0, 1], found [" + topP + "]");
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("at least one new token must be allowed, found [" + maxNewTokens + "]");
        }
        if (stopTexts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text must not be empty, found " + stopTexts);
        }
    }

    /** The likeliest token each time. */
    public static Sampling greedy(int maxNewTokens) {
        return new Sampling(0, 0, 1, 0, maxNewTokens, List.of());
    }

    /** Drawn tokens. */
    public static Sampling drawn(float temperature, int topK, float topP, long seed, int maxNewTokens) {
        return new Sampling(temperature, topK, topP, seed, maxNewTokens, List.of());
    }

    /** The same with stop texts. */
    public Sampling withStopTexts(String... texts) {
        return new Sampling(temperature, topK, topP, seed, maxNewTokens, List.of(texts));
    }
}
