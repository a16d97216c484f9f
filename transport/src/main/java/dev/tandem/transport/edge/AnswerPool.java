package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the handler off the event loops: a fixed number of threads and a bounded queue that drops its oldest. Thread safe. */
final class AnswerPool {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerPool.class);

    private final ExchangeHandler handler;
    private final ThreadPoolExecutor threads;
    private final int queue;

    AnswerPool(ExchangeHandler handler, int threadCount, int queue) {
        this(handler, new ThreadPoolExecutor(threadCount, threadCount, 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue), new DefaultThreadFactory("tandem-edge-answer", true)), queue);
    }

    /** With threads of the caller's making, whose queue takes {@code queue}. */
    AnswerPool(ExchangeHandler handler, ThreadPoolExecutor threads, int queue) {
        this.handler = handler;
        this.queue = queue;
        this.threads = threads;
    }

    /** One exchange on its way through the pool; {@code after} runs once, when nothing here holds it any more. */
    private final class Task implements Runnable {
        private final EdgeExchange exchange;
        private final Runnable after;

        Task(EdgeExchange exchange, Runnable after) {
            this.exchange = exchange;
            this.after = after;
        }

        @Override
        public void run() {
            try {
                answer(exchange);
            } finally {
                after.run();
            }
        }

        void drop() {
            exchange.end(ErrorCode.OVERLOADED, "newer exchanges took its place after [" + queue
                    + "] had queued for an answer; ask again later, or ask less often");
            after.run();
        }
    }

    /**
     * Queues an exchange; {@code after} runs when the pool has let go of it. When the queue is full the one that has waited longest is
     * dropped for it: somebody still looks at the newest. Null when the pool has shut down.
     */
    Runnable submit(EdgeExchange exchange, Runnable after) {
        Task task = new Task(exchange, after);
        while (true) {
            try {
                threads.execute(task);
                return task;
            } catch (RejectedExecutionException e) {
                if (threads.isShutdown()) {
                    return null;
                }
                if (threads.getQueue().poll() instanceof Task oldest) {
                    oldest.drop();
                }
            }
        }
    }

    /** Takes a queued task back; false when it is running or has run. */
    boolean withdraw(Runnable task) {
        return threads.remove(task);
    }

    /** Waits for running handlers, then interrupts them and waits once more. */
    void close(Duration patience) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("closing the edge: [{}] answer threads do not stop although their exchanges are cancelled; "
                        + "handlers must look at cancelled()", threads.getActiveCount());
            }
        }
    }

    private void answer(EdgeExchange exchange) {
        if (exchange.cancelled()) {
            return;
        }
        try {
            handler.handle(exchange);
            exchange.end(ErrorCode.ANSWER_FAILED, "the edge's handler returned without an answer");
        } catch (Exception e) {
            fail(exchange, e);
        } catch (Error e) {
            fail(exchange, e);
            throw e;
        }
    }

    private static void fail(EdgeExchange exchange, Throwable cause) {
        if (!exchange.cancelled()) {
            LOG.error("answering exchange [{}] of device [{}] failed", exchange.id(), exchange.device(), cause);
        }
        exchange.end(ErrorCode.ANSWER_FAILED, "answering failed on the edge: " + cause);
    }
}
