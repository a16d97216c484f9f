package dev.tandem.edge.serve;

/**
 * Names of the stage times in an answer's summary, ns each. The first five and {@link #GENERATE} follow one another;
 * {@link #FIRST_WORD} and {@link #TOTAL} count from the arrival of the question.
 */
public final class Stage {
    /** Arrival of the question to the start of work: slices still on their way, and waiting for other questions. */
    public static final String QUEUE = "queue";
    /** Slices to tokens. */
    public static final String DECODE = "decode";
    /** Tokens and text to embeddings. */
    public static final String PROJECT = "project";
    /** The decoder over everything before the question; 0 for a picture that was seen before. */
    public static final String PREFILL = "prefill";
    /** The decoder over the question. */
    public static final String QUESTION = "question";
    /** Answer tokens, and sending them. */
    public static final String GENERATE = "generate";
    /** Arrival to the first word. */
    public static final String FIRST_WORD = "first_word";
    /** Arrival to the last word. */
    public static final String TOTAL = "total";

    private Stage() {
    }
}
