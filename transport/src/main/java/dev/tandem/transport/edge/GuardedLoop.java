package dev.tandem.transport.edge;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loop of one connection, for its own tasks: what one throws is told, where Netty would keep silent. */
final class GuardedLoop {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedLoop.class);

    private final EventLoop loop;
    private final Consumer<Throwable> failed;

    /** {@code failed} is told on the loop what a task has thrown. */
    GuardedLoop(EventLoop loop, Consumer<Throwable> failed) {
        this.loop = loop;
        this.failed = failed;
    }

    /** Runs on the event loop, now or soon; not at all when the loop has gone, and the connection with it. */
    void run(Runnable task) {
        if (loop.inEventLoop()) {
            guarded(task);
        } else if (!loop.isShutdown()) {
            try {
                loop.execute(() -> guarded(task));
            } catch (RejectedExecutionException e) {
                LOG.debug("event loop gone", e);
            }
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long millis) {
        return loop.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
