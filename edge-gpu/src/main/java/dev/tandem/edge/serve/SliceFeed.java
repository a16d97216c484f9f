package dev.tandem.edge.serve;

import dev.tandem.method.Decoding;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.transport.frame.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decodes the slices of one exchange as they come: those that wait are decoded together, side by side, and never two
 * batches at once. <b>Threads:</b> {@link #add}, {@link #finish} and {@link #drop} on any, and at once; the work, and
 * what the listeners hear, on the executor's.
 */
final class SliceFeed {
    private final Threads threads;
    private final Consumer<Throwable> failed;
    private final Runnable rested;
    private final PictureKey.Maker key;
    private List<Slice> waiting = new ArrayList<>();
    private Decoding decoding;
    private Consumer<Request.Picture> finished;
    private boolean running;
    private boolean over;
    private boolean ended;
    private long nanos;

    /** Where slices are decoded. */
    @FunctionalInterface
    interface Threads {
        /** Runs a task soon; {@code overdue} is told where it takes too long, and the task goes on for nobody. */
        void execute(Runnable task, Runnable overdue);
    }

    /**
     * @param failed hears at most once why nothing will come of it
     * @param rested runs whenever all slices that came are decoded and others may follow
     */
    SliceFeed(Threads threads, Point point, int announced, int tiles, Consumer<Throwable> failed, Runnable rested) {
        this.threads = threads;
        this.failed = failed;
        this.rested = rested;
        this.key = new PictureKey.Maker(point, announced, tiles);
    }

    /** What decodes, as soon as it is there; slices wait for it. */
    void decodeWith(CompletableFuture<Decoding> begun) {
        begun.whenComplete((with, failure) -> {
            if (failure != null) {
                fail(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                return;
            }
            synchronized (this) {
                decoding = with;
                schedule();
            }
        });
    }

    /** Slices that have come, each once. */
    synchronized void add(List<Slice> fresh) {
        if (!over) {
            waiting.addAll(fresh);
            schedule();
        }
    }

    /** No slice follows; {@code then} gets the picture when all are decoded. */
    synchronized void finish(Consumer<Request.Picture> then) {
        finished = then;
        schedule();
    }

    /**
     * Uses what is decoded so far, on the caller's thread; slices wait meanwhile. Empty while some are being decoded,
     * and once the end has been told: then it is somebody else's.
     */
    <T> Optional<T> lend(Function<Decoding, T> use) {
        synchronized (this) {
            if (over || running || ended || finished != null || decoding == null) {
                return Optional.empty();
            }
            running = true;
        }
        try {
            return Optional.of(use.apply(decoding));
        } finally {
            synchronized (this) {
                running = false;
                schedule();
            }
        }
    }

    /** Nobody waits for it any more. */
    synchronized void drop() {
        over = true;
        waiting = List.of();
        finished = null;
    }

    private void schedule() {
        if (!over && !running && decoding != null && (!waiting.isEmpty() || finished != null)) {
            running = true;
            threads.execute(this::decode, this::overdue);
        }
    }

    private void decode() {
        try {
            for (List<Slice> batch = next(); !batch.isEmpty(); batch = next()) {
                long start = System.nanoTime();
                decoding.add(batch);
                batch.forEach(key::add);
                nanos += System.nanoTime() - start;
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** What waits; nothing when there is nothing to do for now, and then the end is told if this was it. */
    private List<Slice> next() {
        Consumer<Request.Picture> then;
        synchronized (this) {
            if (!waiting.isEmpty()) {
                List<Slice> batch = waiting;
                waiting = new ArrayList<>();
                return batch;
            }
            running = false;
            then = finished;
            finished = null;
            ended |= then != null;
        }
        if (then == null) {
            rested.run();
        } else {
            then.accept(new Request.Picture(key.key(), decoding, nanos));
        }
        return List.of();
    }

    private void overdue() {
        fail(new RefusedException(ErrorCode.ANSWER_FAILED, "decoding the picture took longer than ["
                + Decoders.BUDGET.toMillis() + "] ms, which is as long as an edge tries; send a smaller one", null));
    }

    private void fail(Throwable why) {
        synchronized (this) {
            if (over) {
                return;
            }
        }
        drop();
        failed.accept(why);
    }
}
