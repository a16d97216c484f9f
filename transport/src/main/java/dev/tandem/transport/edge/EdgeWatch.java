package dev.tandem.transport.edge;

import dev.tandem.transport.tls.TlsFailure;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What an edge does by the clock, on a thread of its own: a new trust or revocation list is held against every
 * connection that exists, and the logs tell what they have left out.
 */
final class EdgeWatch implements AutoCloseable {
    private static final int LOOK_SECONDS = 1;
    private static final int TELL_SECONDS = 10;
    private static final int PATIENCE_SECONDS = 2;

    private final Edge edge;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tandem-edge-watch").factory());
    private int generation;

    EdgeWatch(Edge edge) {
        this.edge = edge;
        if (edge.tls() != null) {
            generation = edge.tls().generation();
            every(LOOK_SECONDS, this::look);
        }
        every(TELL_SECONDS, edge::tellLeftOut);
    }

    private void every(int seconds, Runnable task) {
        clock.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                edge.fault("the watch over the edge's connections", e); // else it would never look again
            }
        }, seconds, seconds, TimeUnit.SECONDS);
    }

    private void look() {
        edge.tls().look();
        int now = edge.tls().generation();
        if (now != generation) {
            edge.connections().forEach(this::judge);
            generation = now;
        }
    }

    private void judge(EdgeConnection connection) {
        TlsFailure why = edge.tls().judge(connection.greeting().chain());
        if (why != null) {
            connection.distrust(why);
        }
    }

    /** Waits for its thread, and lets the logs tell the rest. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        edge.tellLeftOut();
    }
}
