package dev.tandem.edge.lmm;

import dev.tandem.method.Head;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.task.Task;
import java.util.function.BooleanSupplier;

/**
 * A language model as a head: reads a picture's tokens, or nothing but the text that opens a question, and answers
 * questions. One thread, the one that opened it; closing it closes the readings that are left.
 */
public final class LanguageHead implements Head<TokenSet> {
    /** Stage: text and tokens to embeddings. */
    public static final String PROJECT = "project";
    /** Stage: the decoder over everything before the question. */
    public static final String PREFILL = "prefill";
    /** Stage: the decoder over the question. */
    public static final String QUESTION = "question";
    /** Stage: the answer's tokens, one after the other, and handing them out. */
    public static final String GENERATE = "generate";
    /** Count: tokens of the answer. */
    public static final String ANSWER = "answer";
    /** Count: positions of the prompt, picture included. */
    public static final String PROMPT = "prompt";

    private final LanguageModel model;
    private final int answerTokens;

    /** Owns the model. */
    LanguageHead(LanguageModel model, int answerTokens) {
        this.model = model;
        this.answerTokens = answerTokens;
    }

    /**
     * {@inheritDoc} IllegalArgumentException as well for tokens that are too many, or of another width than it takes.
     */
    @Override
    public LanguageReading read(TokenSet tokens, BooleanSupplier cancelled) {
        Prefix prefix = model.prefill(tokens, cancelled);
        return prefix == null ? null : new LanguageReading(model, prefix, answerTokens);
    }

    @Override
    public void check(TokenSet tokens, Task task) {
        if (task instanceof Task.Question question) {
            model.check(tokens, question.text());
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
