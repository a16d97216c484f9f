package dev.tandem.hil.eval;

import dev.tandem.task.Answer;
import dev.tandem.task.Task;
import java.util.Map;

/**
 * Both halves of a pack in one process, as far as an evaluation needs them. One thread; everything is closed by its
 * opener.
 */
interface Backend extends AutoCloseable {

    /** Refuses a point that pack and heads cannot serve for such a task, before hours are spent. */
    void check(EvalPoint point, Task task);

    /**
     * A picture as the device's source gives it. {@code name} is for errors and for finding a copy that was coded
     * before.
     */
    Seen look(String name, byte[] file);

    @Override
    void close();

    /** One picture; what several points share is computed once. */
    interface Seen {
        /** Sends the picture one way, for any number of tasks of one kind. */
        Shown show(EvalPoint point, Task task);
    }

    /** A picture that has arrived one way. */
    interface Shown extends AutoCloseable {
        /** What it took to get there. */
        Sent sent();

        /** Does one task. */
        Reply ask(Task task);

        @Override
        void close();
    }

    /**
     * @param wire what it costs; nothing where the device was sure enough
     * @param knownBytes of a picture file, those that both ends could know beforehand; -1 where none was sent
     * @param units tokens, patches or bands that the head reads
     * @param deviceNanos by stage
     * @param edgeNanos decoding, and reading by the head up to the task
     * @param squares of the picture that were sent; null where the method does not choose among such
     */
    record Sent(WireCost wire, int knownBytes, int units, Map<String, Long> deviceNanos, long edgeNanos,
            SquaresSent squares) {
        static final int NO_PICTURE_FILE = -1;

        /** With what the edge adds to it. */
        Sent atEdge(int used, long nanos) {
            return new Sent(wire, knownBytes, used, deviceNanos, nanos, squares);
        }
    }

    /** The answer, and the time to its first part and to its end, counted from the task. */
    record Reply(Answer answer, long firstPartNanos, long totalNanos) {}
}
