package dev.tandem.device;

import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import java.util.List;
import java.util.function.Consumer;

/** Gathers an answer once while it is passed on, and notes when it began. One thread. */
final class PartsTaken implements Consumer<Part> {
    private final Consumer<Part> next;
    private final Answer answer = new Answer();
    private long firstNanos;

    PartsTaken(Consumer<Part> next) {
        this.next = next;
    }

    @Override
    public void accept(Part part) {
        if (firstNanos == 0) {
            firstNanos = System.nanoTime();
        }
        answer.add(part);
        next.accept(part);
    }

    /** What came so far, joined. */
    List<Part> parts() {
        return answer.parts();
    }

    /** Whether nothing has come. */
    boolean none() {
        return firstNanos == 0;
    }

    /** Nanoseconds from {@code start} to the first part; 0 if there was none. */
    long firstAfter(long start) {
        return none() ? 0 : firstNanos - start;
    }
}
