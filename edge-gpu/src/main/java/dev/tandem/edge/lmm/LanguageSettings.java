package dev.tandem.edge.lmm;

import java.util.List;

/**
 * Settings of a language head as stored in a pack (docs/pack.md section 5). Immutable.
 *
 * @param projector  graph from tokens to embeddings; absent where the model only reads text
 * @param embedding  graph from token ids to embeddings
 * @param decoder    graph with past keys and values
 * @param tokenizer  path of {@code tokenizer.json}
 * @param prefix     text before the picture's features
 * @param separator  text between the picture's features and the question
 * @param suffix     text after the question
 * @param stopTokens token ids that end an answer
 * @param maxTokens  longest context, prompt and answer together
 * @param golden     questions without a picture, and their greedy answers
 */
public record LanguageSettings(String projector, String embedding, String decoder, String tokenizer, String prefix,
        String separator, String suffix, List<Integer> stopTokens, int layers, int kvHeads, int headWidth, int hidden,
        int vocabulary, int maxTokens, List<Golden> golden) {
    /** Lists are copied; absent ones become empty. */
    public LanguageSettings {
        stopTokens = stopTokens == null ? List.of() : List.copyOf(stopTokens);
        golden = golden == null ? List.of() : List.copyOf(golden);
    }

    /**
     * A question without a picture, and what greedy decoding makes of it.
     *
     * @param ids  the answer's tokens; where it ended by itself, the stop token is the last
     * @param text the answer
     */
    public record Golden(String prompt, List<Integer> ids, String text) {
        /** The list is copied; an absent one becomes empty. */
        public Golden {
            ids = ids == null ? List.of() : List.copyOf(ids);
        }
    }
}
