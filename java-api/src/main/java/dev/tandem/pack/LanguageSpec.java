package dev.tandem.pack;

import java.util.List;

/**
 * The language model's prompt and sizes (docs/pack.md section 5).
 *
 * @param tokenizer  path of {@code tokenizer.json}
 * @param prefix     text before the picture's features
 * @param suffix     text after the question
 * @param separator  text between the picture's features and the question
 * @param stopTokens token ids that end an answer
 * @param maxTokens  longest context, prompt and answer together
 */
public record LanguageSpec(String tokenizer, String prefix, String suffix, String separator, List<Integer> stopTokens,
        int layers, int kvHeads, int headWidth, int hidden, int vocabulary, int maxTokens) {
    /** The stop tokens are copied; an absent list becomes empty, which the loader refuses. */
    public LanguageSpec {
        stopTokens = stopTokens == null ? List.of() : List.copyOf(stopTokens);
    }
}
