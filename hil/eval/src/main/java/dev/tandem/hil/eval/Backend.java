package dev.tandem.hil.eval;

import java.util.Map;

/** Both halves of a pack in one process, as far as an evaluation needs them. One thread; everything is closed by its opener. */
interface Backend extends AutoCloseable {

    /** A picture as the device's source gives it. {@code name} is for errors and for finding a pre-encoded copy. */
    Look look(String name, byte[] file);

    /** Refuses a point that the pack or the options cannot serve, before hours are spent. */
    void check(EvalPoint point);

    @Override
    void close();

    /** One picture; what several points share is computed once. */
    interface Look extends AutoCloseable {
        /** Sends the picture one way and lets the language model read it once, for any number of questions. */
        Shown show(EvalPoint point);

        @Override
        void close();
    }

    /** A picture that has arrived one way. */
    interface Shown extends AutoCloseable {
        /** What it took to get there. */
        Sent sent();

        /** Asks one question about it. */
        Reply ask(String question);

        @Override
        void close();
    }

    /**
     * @param wireBytes
     *            payloads and frame headers
     * @param tokens
     *            that the language model sees
     * @param deviceNanos
     *            by stage
     * @param edgeNanos
     *            decoding, projection and reading by the language model up to the question
     */
    record Sent(long wireBytes, int tokens, Map<String, Long> deviceNanos, long edgeNanos) {}

    /** The answer's text, and the time to its first word and to its end, counted from the question. */
    record Reply(String text, long firstWordNanos, long totalNanos) {}
}
