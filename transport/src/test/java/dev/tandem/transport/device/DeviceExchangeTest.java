package dev.tandem.transport.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Part;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeviceExchangeTest {
    private static final AskRequest REQUEST = AskRequest.of(1, new byte[3]);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final DeviceExchanges TABLE = new DeviceExchanges(null, null, null, 0);

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final List<Integer> kinds = new ArrayList<>();

    private DeviceExchange exchange(AskRequest request) {
        return new DeviceExchange(loop.eventLoop(), InetSocketAddress.createUnresolved("edge", 1), request,
                (kind, bytes) -> kinds.add(kind));
    }

    @Test
    void stopsItsDeadlineWhenItEnds() {
        DeviceExchange exchange = exchange(REQUEST);
        exchange.taken(TABLE, LONGEST);
        assertTrue(loop.runScheduledPendingTasks() > TimeUnit.SECONDS.toNanos(50));
        exchange.done(new AnswerSummary("", Map.of(), Map.of()));
        assertEquals(-1, loop.runScheduledPendingTasks(), "nanoseconds to a clock that nobody stopped");
    }

    @Test
    void stopsWaitingForAConnectionWhenOneTakesIt() {
        DeviceExchange exchange = exchange(REQUEST);
        exchange.hold(0, () -> kinds.add(-1));
        exchange.taken(TABLE, LONGEST);
        loop.runScheduledPendingTasks();
        assertEquals(List.of(), kinds);
        assertFalse(exchange.ended());
    }

    @Test
    void takesPartsInTheirOrderAndEachOnce() {
        DeviceExchange exchange = exchange(REQUEST);
        assertTrue(exchange.movable());
        for (int i = 0; i < 70_000; i++) {
            exchange.part(new Part(i & 0xFF, new byte[1]).toFrame(1, i));
            exchange.part(new Part(i & 0xFF, new byte[1]).toFrame(1, i)); // said again after a change of address
            assertFalse(exchange.movable(), "part of the answer is here");
        }
        assertEquals(70_000, kinds.size());
    }

    @Test
    void takesTheShorterDeadline() {
        DeviceExchange exchange = exchange(REQUEST.withDeadline(Duration.ofSeconds(5)));
        exchange.taken(TABLE, LONGEST);
        long left = loop.runScheduledPendingTasks();
        assertTrue(left > 0 && left <= TimeUnit.SECONDS.toNanos(5), "left [" + left + "] ns");
        exchange.done(new AnswerSummary("", Map.of(), Map.of()));
        DeviceExchange patient = exchange(REQUEST.withDeadline(Duration.ofHours(5)));
        patient.taken(TABLE, LONGEST);
        assertTrue(loop.runScheduledPendingTasks() <= LONGEST.toNanos());
    }
}
