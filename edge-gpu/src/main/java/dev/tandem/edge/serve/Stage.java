package dev.tandem.edge.serve;

/**
 * Names of the stage times in an answer's summary, ns each. {@link #QUEUE}, {@link #DECODE} and the stages of the head
 * follow one another; {@link #SLICES} lies within {@link #QUEUE}; {@link #FIRST_PART} and {@link #TOTAL} count from the
 * arrival of the task.
 */
public final class Stage {
    /** Arrival of the task to the start of work: slices still on their way, and waiting for other tasks. */
    public static final String QUEUE = "queue";
    /** Decoding slices as they came. */
    public static final String SLICES = "slices";
    /** Decoded slices to evidence; 0 for a picture that was seen before. */
    public static final String DECODE = "decode";
    /** Arrival to the first part of the answer; 0 where there was none. */
    public static final String FIRST_PART = "first_part";
    /** Arrival to the last part. */
    public static final String TOTAL = "total";

    private Stage() {
    }
}
