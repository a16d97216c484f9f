package dev.tandem.edge.lmm;

/**
 * What a prompt is made of besides the picture, as tokens, and whether it fits. Holds the tokens of the fixed texts;
 * the tokenizer stays the caller's.
 *
 * @param maxTokens longest context, prompt and answer together
 * @param prefix    before the picture, or before the question where there is none
 * @param separator between picture and question
 * @param suffix    after the question
 */
record PromptTexts(TextTokenizer tokenizer, int maxTokens, long[] prefix, long[] separator, long[] suffix) {
    static PromptTexts of(LanguageSettings spec, TextTokenizer tokenizer, int maxTokens) {
        return new PromptTexts(tokenizer, maxTokens, tokenizer.encode(spec.prefix()),
                tokenizer.encode(spec.separator()), tokenizer.encode(spec.suffix()));
    }

    /**
     * Positions before a question.
     *
     * @param pictureTokens negative without a picture
     */
    int before(int pictureTokens) {
        return pictureTokens < 0
                ? prefix.length
                : Math.addExact(pictureTokens, prefix.length + separator.length);
    }

    /**
     * A question's tokens.
     *
     * @param before positions in front of it
     * @throws IllegalArgumentException if it contains a control token, or does not fit with an answer's first token
     */
    long[] question(String question, int before) {
        long[] asked = tokenizer.encodeUser(question);
        long length = (long) before + asked.length + suffix.length;
        if (length >= maxTokens) {
            throw new IllegalArgumentException("cannot answer a question of [" + asked.length + "] tokens: with ["
                    + before + "] before and [" + suffix.length + "] after it the prompt has [" + length
                    + "], and the model takes fewer than [" + maxTokens
                    + "] (maxTokens); shorten it or use an operating point with fewer clusters");
        }
        return asked;
    }
}
