package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Asked;
import dev.tandem.transport.Links;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.wire.CountedBuffers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * What all connections share: an edge without sockets or threads, whose answers are given when a test says so, and
 * books that must balance.
 */
public final class FuzzEdge {
    public static final LinkLimits LIMITS = new LinkLimits(64, 6, 400, 900, 3, Duration.ofSeconds(60),
            Duration.ofSeconds(30));
    static final int QUEUE = 2;
    /** Twice the largest frame that the rules let in, and as much for what is just being handed over. */
    private static final long MOST_BYTES = 4L * 66_074;

    /** An exchange that waits for its answer. */
    private record Waiting(IncomingExchange exchange, Runnable answer) {}

    final CountedBuffers buffers = new CountedBuffers();
    public final Map<ErrorCode, Long> said = new EnumMap<>(ErrorCode.class);
    public final Edge edge;
    private final Deque<Waiting> queue = new ArrayDeque<>();

    public FuzzEdge() {
        this(null);
    }

    /** With another handler. */
    FuzzEdge(ExchangeHandler handler) {
        ServerSettings settings = ServerSettings.of(null, null, Links.PACK).withLimits(LIMITS)
                .withHandshake(Duration.ofSeconds(20));
        edge = new Edge(settings, null, handler == null ? this::opened : handler, LinkListener.NONE);
        for (ErrorCode each : ErrorCode.values()) {
            said.put(each, 0L);
        }
    }

    private Arrival opened(IncomingExchange exchange) {
        return Asked.by(answer -> admit(new Waiting(exchange, answer)), FuzzEdge::answer).opened(exchange);
    }

    private void admit(Waiting one) {
        if (queue.size() == QUEUE) {
            queue.getFirst().exchange.fail(ErrorCode.OVERLOADED, "newer ones took its place");
        }
        queue.add(one);
        one.exchange.onEnd(() -> queue.remove(one));
    }

    private static void answer(Asked asked) {
        switch (asked.slices().size()) {
            case 2 -> asked.fail(ErrorCode.UNKNOWN_OPERATING_POINT, "two slices are of no use");
            case 3 -> {
                asked.words("and no end");
                throw new IllegalStateException("three slices are too many");
            }
            case 4 -> asked.words("forgotten");
            default -> Links.echo(asked);
        }
    }

    /** The exchange that has waited longest is answered. */
    public void answerOne() {
        Waiting oldest = queue.poll();
        if (oldest != null) {
            oldest.answer.run();
        }
    }

    /** A connection has ended: nothing of it is left, and what was counted is what was said. */
    public void checkEnded() {
        assertEquals(0, edge.connections().size(), "connections left");
        assertEquals(0, edge.counters().open(), "exchanges without an end");
        assertEquals(0, queue.size(), "exchanges left in the queue");
        assertEquals(0, buffers.used(), "bytes leaked");
        assertEquals(0, edge.budget().used(), "bytes that are paid for still");
        assertEquals(0, edge.budget().devices(), "shares left");
        assertTrue(buffers.peak() <= MOST_BYTES, "buffers of [" + buffers.peak() + "] bytes for one device");
        for (ErrorCode code : ErrorCode.values()) {
            assertEquals(said.get(code), edge.counters().ended(code), "ends counted with " + code);
        }
    }
}
