package dev.tandem.method;

import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Logits of one picture; softmax and order are made for each answer. Holds memory of the heap only. */
public final class LabelReading implements Reading {
    private final List<String> names;
    private final float[] logits;
    private final long nanos;

    /**
     * What a graph gave.
     *
     * @param names a name for each class
     * @param logits as many; the array is not copied
     * @param nanos that reading took
     */
    public LabelReading(List<String> names, float[] logits, long nanos) {
        this.names = names;
        this.logits = logits;
        this.nanos = nanos;
    }

    @Override
    public Tally answer(Task task, Sink sink) {
        if (!(task instanceof Task.Classify classify)) {
            throw new IllegalArgumentException("a labelling head was asked for [" + task.word()
                    + "]; needed classify");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double top = largest;
        double all = sum;
        List<Label> best = IntStream.range(0, logits.length).boxed()
                .sorted(Comparator.comparingDouble(i -> -logits[i])).limit(classify.top())
                .map(i -> new Label(i, names.get(i), (float) Math.min(1, Math.exp(logits[i] - top) / all))).toList();
        sink.part(new Part.Labels(best));
        return new Tally(Map.of(), Map.of(), sink.cancelled());
    }

    @Override
    public long bytes() {
        return (long) logits.length * Float.BYTES;
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
