package dev.tandem.method;

/**
 * What an edge allows its heads.
 *
 * @param contextTokens longest context of a language model, prompt and answer together; the pack's limit if lower
 * @param answerTokens  longest answer where the task asks for no shorter one
 */
public record HeadLimits(int contextTokens, int answerTokens) {
    public HeadLimits {
        if (contextTokens < 1 || answerTokens < 1) {
            throw new IllegalArgumentException("head limits of [" + contextTokens + "] tokens of context and ["
                    + answerTokens + "] of answer; needed at least 1 of each");
        }
    }

    /** 2,048 tokens of context, 128 of answer. */
    public static HeadLimits defaults() {
        return new HeadLimits(2048, 128);
    }
}
