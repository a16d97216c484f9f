package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one queue before the model, for the link and for every API, and the one platform thread behind it, which owns
 * engine, halves and heads. Bounded: when more waits than there is room for, {@link Waiting} says who goes.
 * <b>Threads:</b> any; nothing blocks but {@link #call} and {@link #close}, which must not be called on the model
 * thread.
 */
public final class Admission implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Object lock = new Object();
    private final Waiting waiting;
    private final Refusals refusals = new Refusals();
    private final Deque<Runnable> errands = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;

    /** Room for {@code limit} that wait, besides the one that is answered. */
    public Admission(int limit) {
        waiting = new Waiting(limit);
        thread = Thread.ofPlatform().daemon().name("tandem-model").start(this::serve);
    }

    /**
     * Whether a device may ask now; asked before anything is done for it.
     *
     * @throws RefusedException OVERLOADED for one that has been refused again and again and was told to wait
     */
    public void ask(String device) {
        long wait;
        boolean cut = false;
        synchronized (lock) {
            long now = System.nanoTime();
            wait = refusals.waitNanos(device, now);
            if (wait > 0) {
                refusals.refused(device, now);
                cut = refusals.tooMany(device, now);
            }
        }
        if (wait > 0) {
            throw new RefusedException(ErrorCode.OVERLOADED, "the edge has refused this device again and again; "
                    + later(wait), cut);
        }
    }

    private static String later(long nanos) {
        return "ask again in [" + Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)) + "] ms, not before";
    }

    /** Takes work in; it is run, refused, or forgotten once it is cancelled. */
    public void submit(Work work) {
        Work dropped;
        boolean over;
        int own = 0;
        long wait = 0;
        synchronized (lock) {
            over = closed;
            dropped = over ? work : waiting.add(work);
            if (!over && dropped != null) {
                long now = System.nanoTime();
                refusals.refused(dropped.device(), now);
                own = waiting.size(dropped.device());
                wait = refusals.waitNanos(dropped.device(), now);
            }
            lock.notifyAll();
        }
        if (over) {
            work.refused(ErrorCode.SHUTTING_DOWN, "the edge is shutting down; ask another one");
        } else if (dropped != null) {
            dropped.refused(ErrorCode.OVERLOADED, "the edge is busy: [" + waiting.limit()
                    + "] tasks wait, its limit, and [" + own
                    + "] of them are this device's, which no other has more of; "
                    + (wait > 0 ? later(wait) : "ask again later"));
        }
    }

    /** Work has ended otherwise: it leaves the queue. */
    public void ended(Work work) {
        synchronized (lock) {
            waiting.remove(work);
        }
    }

    /** Of each device that waits what it waits for first, where that may be read before its turn. */
    List<Request> readable() {
        synchronized (lock) {
            return waiting.readable();
        }
    }

    /** How many wait. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /**
     * Runs an errand on the model thread, before all that waits.
     *
     * @return its outcome; RefusedException SHUTTING_DOWN inside when the queue is closed
     */
    public <T> CompletableFuture<T> later(Supplier<T> what) {
        return errand(what);
    }

    /** As {@link #later}, and waits for it; what it throws is thrown here. */
    public <T> T call(Supplier<T> what) {
        return errand(what).await();
    }

    private <T> Errand<T> errand(Supplier<T> what) {
        Errand<T> errand = new Errand<>(what);
        synchronized (lock) {
            if (closed) {
                errand.completeExceptionally(
                        new RefusedException(ErrorCode.SHUTTING_DOWN, "the edge has shut down", null));
            } else {
                errands.add(errand);
                lock.notifyAll();
            }
        }
        return errand;
    }

    private void serve() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    /** Blocks until there is something to do; null at the end. */
    private Runnable next() {
        synchronized (lock) {
            while (true) {
                if (!errands.isEmpty()) {
                    return errands.poll();
                }
                Work work = waiting.next();
                if (work != null) {
                    return () -> run(work);
                }
                if (closed) {
                    return null;
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    LOG.debug("somebody interrupted the model thread; it goes on");
                }
            }
        }
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of the device [{}] failed", work.device(), e);
            work.refused(ErrorCode.ANSWER_FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /**
     * Takes nothing more, refuses what waits, and ends the thread behind what it does now and the errands given so far;
     * after a second it is left to end by itself. Idempotent.
     */
    @Override
    public void close() {
        List<Work> left;
        synchronized (lock) {
            closed = true;
            left = waiting.clear();
            lock.notifyAll();
        }
        left.forEach(work -> work.refused(ErrorCode.SHUTTING_DOWN, "the edge shut down before it could answer"));
        try {
            if (!thread.join(PATIENCE)) {
                LOG.warn("the model thread is still busy after [{}]; it is left behind with what it holds", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
