package dev.tandem.task;

/** Where an answer goes, part by part. Called by the thread that answers; must not block it. */
public interface Sink {
    /** Takes the next part; after the end of what it stands for it is dropped. */
    void part(Part part);

    /** Whether nobody waits for the answer any more: look often, stop early. */
    boolean cancelled();
}
