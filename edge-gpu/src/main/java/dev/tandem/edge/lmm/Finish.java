package dev.tandem.edge.lmm;

/** Why an answer ended. */
public enum Finish {
    /** The model gave a stop token. */
    STOP_TOKEN,
    /** One of {@link Sampling#stopTexts()} appeared; the answer ends just before it. */
    STOP_TEXT,
    /** {@link Sampling#maxNewTokens()} was reached. */
    LENGTH,
    /** The key-value cache is full. */
    CAPACITY,
    /** The caller asked to stop. */
    CANCELLED
}
