package dev.tandem.edge.serve;

import dev.tandem.transport.frame.ErrorCode;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one platform thread that owns engine and model. Others hand it work and wait; work that finds the queue full is
 * refused at once.
 */
final class ModelThread implements AutoCloseable {
    private final ThreadPoolExecutor thread;
    private final int queue;

    ModelThread(int queue) {
        this.queue = queue;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name("tandem-model").factory());
    }

    /**
     * Runs work on the thread and waits for it; what it throws is thrown here.
     *
     * @throws RefusedException
     *             OVERLOADED if the queue is full, SHUTTING_DOWN if the thread is closed or the wait interrupted
     */
    <T> T call(Supplier<T> work) {
        try {
            return thread.submit(work::get).get();
        } catch (RejectedExecutionException e) {
            throw thread.isShutdown()
                    ? new RefusedException(ErrorCode.SHUTTING_DOWN, "the edge is shutting down; ask another one", e)
                    : new RefusedException(ErrorCode.OVERLOADED, "the edge is busy: [" + queue
                            + "] questions wait already, which is its limit; ask again later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(ErrorCode.SHUTTING_DOWN, "the edge stopped before it could answer", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /** Waits for the work handed over so far and ends the thread. */
    @Override
    public void close() {
        thread.close();
    }
}
