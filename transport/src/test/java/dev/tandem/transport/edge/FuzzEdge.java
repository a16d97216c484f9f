package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.wire.CountedBuffers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What all connections share: an edge without sockets or threads, whose answers are given when a test says so, and books that must balance. */
public final class FuzzEdge {
    public static final LinkLimits LIMITS = new LinkLimits(64, 6, 400, 900, 3, Duration.ofSeconds(60),
            Duration.ofSeconds(30));
    static final int QUEUE = 2;
    /** Twice the largest frame that the rules let in, and as much for what is just being handed over. */
    private static final long MOST_BYTES = 4L * 65_819;

    /** An answer pool's threads, by hand. */
    private static final class Manual extends ThreadPoolExecutor {
        Manual() {
            super(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE));
        }

        @Override
        public void execute(Runnable task) {
            if (!getQueue().offer(task)) {
                throw new RejectedExecutionException("full");
            }
        }
    }

    final CountedBuffers buffers = new CountedBuffers();
    public final Map<ErrorCode, Long> said = new EnumMap<>(ErrorCode.class);
    public final Edge edge;
    private final Manual threads = new Manual();

    public FuzzEdge() {
        ServerSettings settings = ServerSettings.of(null, null, Links.PACK).withLimits(LIMITS)
                .withHandshake(Duration.ofSeconds(20));
        edge = new Edge(settings, null, new AnswerPool(FuzzEdge::answer, threads, QUEUE), LinkListener.NONE);
        for (ErrorCode each : ErrorCode.values()) {
            said.put(each, 0L);
        }
    }

    private static void answer(IncomingExchange exchange) {
        switch (exchange.slices().size()) {
            case 2 -> exchange.fail(ErrorCode.UNKNOWN_OPERATING_POINT, "two slices are of no use");
            case 3 -> exchange.words("and no end"); // a handler that forgets to end
            default -> Links.echo(exchange);
        }
    }

    /** The exchange that has waited longest is answered. */
    public void answerOne() {
        Runnable task = threads.getQueue().poll();
        if (task != null) {
            task.run();
        }
    }

    /** A connection has ended: nothing of it is left, and what was counted is what was said. */
    public void checkEnded() {
        assertEquals(0, edge.connections().size(), "connections left");
        assertEquals(0, edge.counters().open(), "exchanges without an end");
        assertEquals(0, threads.getQueue().size(), "exchanges left in the queue");
        assertEquals(0, buffers.used(), "bytes leaked");
        assertTrue(buffers.peak() <= MOST_BYTES, "buffers of [" + buffers.peak() + "] bytes for one device");
        for (ErrorCode code : ErrorCode.values()) {
            assertEquals(said.get(code), edge.counters().ended(code), "ends counted with " + code);
        }
    }
}
