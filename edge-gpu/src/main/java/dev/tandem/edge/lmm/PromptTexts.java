package dev.tandem.edge.lmm;

/**
 * What a prompt is made of besides the picture, as tokens, and whether it fits. Holds the tokens of the fixed texts and
 * of the last question, which is checked before its picture is read and asked after it; the tokenizer stays the
 * caller's. <b>Threads:</b> one at a time.
 */
final class PromptTexts {
    /** Characters of a beginning for each token that there is room for, where a long question is tried at first. */
    private static final int FIRST_CHARACTERS = 2;

    /** How many times as long the next beginning is: all of them together are at most a third of the whole. */
    private static final int LONGER = 4;

    private final TextTokenizer tokenizer;
    private final int maxTokens;
    private final long[] prefix;
    private final long[] separator;
    private final long[] suffix;
    private String question = "";
    private long[] questionTokens = new long[0];

    /** @param maxTokens longest context, prompt and answer together */
    PromptTexts(LanguageSettings spec, TextTokenizer tokenizer, int maxTokens) {
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.prefix = tokenizer.encode(spec.prefix());
        this.separator = tokenizer.encode(spec.separator());
        this.suffix = tokenizer.encode(spec.suffix());
    }

    /** Before the picture, or before the question where there is none. */
    long[] prefix() {
        return prefix;
    }

    /** Between picture and question. */
    long[] separator() {
        return separator;
    }

    /** After the question. */
    long[] suffix() {
        return suffix;
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
     * A question's tokens. One that is far too long is refused by its beginning: nobody gets the model's thread for the
     * time that splitting the whole of it takes.
     *
     * @param before positions in front of it
     * @throws IllegalArgumentException if it contains a control token, or does not fit with an answer's first token
     */
    long[] question(String text, int before) {
        if (!text.equals(question)) {
            int room = Math.max(1, maxTokens - before - suffix.length);
            for (long end = (long) FIRST_CHARACTERS * room; end < text.length(); end *= LONGER) {
                int tokens = tokenizer.tokensAtLeast(text, (int) end);
                check(tokens, before, "more than [" + tokens + "]");
            }
            questionTokens = tokenizer.encodeUser(text);
            question = text;
        }
        check(questionTokens.length, before, "[" + questionTokens.length + "]");
        return questionTokens;
    }

    private void check(int tokens, int before, String said) {
        long length = (long) before + tokens + suffix.length;
        if (length >= maxTokens) {
            throw new IllegalArgumentException("cannot answer a question of " + said + " tokens: with [" + before
                    + "] before and [" + suffix.length + "] after it the prompt has [" + length
                    + "], and the model takes fewer than [" + maxTokens
                    + "] (maxTokens); shorten it or use an operating point with fewer clusters");
        }
    }
}
