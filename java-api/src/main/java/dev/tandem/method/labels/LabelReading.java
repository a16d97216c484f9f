package dev.tandem.method.labels;

import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.Map;

/** Logits of one picture; softmax and order are made for each answer. Holds memory of the heap only. */
public final class LabelReading implements Reading {
    private final ClassLogits logits;
    private final long nanos;

    /** {@code nanos} is what the head's graph took. */
    public LabelReading(ClassLogits logits, long nanos) {
        this.logits = logits;
        this.nanos = nanos;
    }

    @Override
    public Tally answer(Task task, Sink sink) {
        if (!(task instanceof Task.Classify classify)) {
            throw new IllegalArgumentException("a labelling head was asked for [" + task.word()
                    + "]; needed classify");
        }
        sink.part(logits.best(classify.top()));
        return new Tally(Map.of(), Map.of(), sink.cancelled());
    }

    @Override
    public long bytes() {
        return (long) logits.logits().length * Float.BYTES;
    }

    @Override
    public Map<String, Long> stageNanos() {
        return Map.of("label", nanos);
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
