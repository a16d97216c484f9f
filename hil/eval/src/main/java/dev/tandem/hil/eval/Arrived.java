package dev.tandem.hil.eval;

import dev.tandem.method.Reading;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;

/** A picture that a head has read, or that the device has answered for itself. Closes the reading. */
final class Arrived implements Backend.Shown {
    private final Backend.Sent sent;
    private final Reading reading;
    private final List<Part> here;

    private Arrived(Backend.Sent sent, Reading reading, List<Part> here) {
        this.sent = sent;
        this.reading = reading;
        this.here = here;
    }

    static Arrived read(Backend.Sent sent, Reading reading) {
        return new Arrived(sent, reading, List.of());
    }

    static Arrived answered(Backend.Sent sent, List<Part> here) {
        return new Arrived(sent, null, here);
    }

    @Override
    public Backend.Sent sent() {
        return sent;
    }

    @Override
    public Backend.Reply ask(Task task) {
        Gathering answer = new Gathering();
        if (reading == null) {
            here.forEach(answer::part);
        } else {
            reading.answer(task, answer);
        }
        return new Backend.Reply(answer.all, answer.first, System.nanoTime() - answer.start);
    }

    /** Gathers parts and notes when the first one came. */
    private static final class Gathering implements Sink {
        private final long start = System.nanoTime();
        private final Answer all = new Answer();
        private long first;

        @Override
        public void part(Part part) {
            if (first == 0) {
                first = System.nanoTime() - start;
            }
            all.add(part);
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
    }
}
