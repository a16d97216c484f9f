package dev.tandem.edge.serve;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that decodes what devices send, by turns of the devices ({@link Turns}). A task that takes longer than its
 * budget is left behind: its thread is interrupted and ends when it ends, another one goes on, and so never more than
 * {@value #MOST_LEFT_BEHIND} and one. <b>Threads:</b> any may call; nothing waits.
 */
final class Decoders implements AutoCloseable {
    static final Duration BUDGET = Duration.ofSeconds(2);
    static final int MOST_LEFT_BEHIND = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Decoders.class);

    private final Object lock = new Object();
    private final Duration budget;
    private final Turns<Job> turns = new Turns<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("tandem-decode-clock").factory());
    /** Who takes the next job; null while too many are left behind. */
    private Thread worker;
    /** What the worker does. */
    private Job running;
    private int leftBehind;
    private int started;
    private boolean closed;

    private record Job(Runnable task, Runnable overdue) {}

    Decoders(Duration budget) {
        this.budget = budget;
        clock.setRemoveOnCancelPolicy(true);
        synchronized (lock) {
            replace();
        }
    }

    /**
     * Runs a task when it is its device's turn.
     *
     * @param overdue told once, on another thread, when it has taken longer than its budget; must not block
     */
    void execute(String device, Runnable task, Runnable overdue) {
        synchronized (lock) {
            if (!closed) {
                turns.add(device, new Job(task, overdue));
                lock.notifyAll();
            }
        }
    }

    private void replace() {
        boolean may = !closed && leftBehind <= MOST_LEFT_BEHIND;
        worker = may ? Thread.ofPlatform().daemon().name("tandem-decode-" + started++).start(this::work) : null;
    }

    private void work() {
        for (Job job = next(); job != null; job = next()) {
            ScheduledFuture<?> alarm = alarm(job);
            try {
                job.task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("decoding failed", e);
            }
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    private ScheduledFuture<?> alarm(Job job) {
        synchronized (lock) {
            return closed
                    ? null
                    : clock.schedule(() -> leave(job), budget.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Blocks until there is something to do; null at the end, and for a thread that has been left behind. */
    private Job next() {
        synchronized (lock) {
            while (!closed && worker == Thread.currentThread()) {
                running = turns.next();
                if (running != null) {
                    return running;
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    LOG.debug("interrupted while there was nothing to decode");
                }
            }
            if (worker != Thread.currentThread()) {
                leftBehind--;
                if (worker == null) {
                    replace();
                }
            }
            return null;
        }
    }

    private void leave(Job job) {
        Thread thread;
        synchronized (lock) {
            if (running != job || closed) {
                return;
            }
            thread = worker;
            running = null;
            leftBehind++;
            LOG.warn("decoding takes longer than [{}] ms; its thread is left behind, [{}] are", budget.toMillis(),
                    leftBehind);
            replace();
        }
        thread.interrupt();
        job.overdue.run();
    }

    /** Takes nothing more; what waits is dropped, what runs is interrupted and left behind. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            turns.clear();
            if (worker != null) {
                worker.interrupt();
            }
            lock.notifyAll();
        }
        clock.shutdownNow();
    }
}
