package dev.tandem.edge.serve;

import dev.tandem.task.Part;
import dev.tandem.task.Sink;

/** Passes parts on and notes when the first one came. One thread. */
final class FirstPart implements Sink {
    /** Takes everything, for nobody. */
    static final Sink NOBODY = new Sink() {
        @Override
        public void part(Part part) {
            // Nobody waits for it.
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    private final Sink sink;
    private long nanos;
    private boolean came;

    FirstPart(Sink sink) {
        this.sink = sink;
    }

    /** Time from then to the first part, ns; 0 if none came. */
    long since(long then) {
        return came ? nanos - then : 0;
    }

    @Override
    public void part(Part part) {
        if (!came) {
            came = true;
            nanos = System.nanoTime();
        }
        sink.part(part);
    }

    @Override
    public boolean cancelled() {
        return sink.cancelled();
    }
}
