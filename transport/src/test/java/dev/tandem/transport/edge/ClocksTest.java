package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.Slice;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * An exchange that has ended leaves no clock behind: a deadline of two minutes that nobody stops keeps its slices for
 * as long.
 */
class ClocksTest {
    private final FuzzEdge edge = new FuzzEdge();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final FuzzWire wire = new FuzzWire(edge, loop);

    @Test
    void stopsAllClocksOfAnExchangeThatEnds() {
        loop.freezeTime();
        wire.stream(Hello.of(Links.PACK, "test").toFrame().toBytes());
        wire.stream(Links.handmade("answered", 1).toFrame(1).toBytes());
        wire.stream(slice(1, 0, 3));
        edge.answerOne();
        wire.stream(Links.handmade("cancelled while it waits for slices", 2).toFrame(2).toBytes());
        wire.stream(Frame.cancel(2).toBytes());
        wire.stream(Links.handmade("contradicted", 2).toFrame(3).toBytes());
        wire.stream(slice(3, 0, 3));
        wire.stream(slice(3, 0, 4));
        assertEquals(0, edge.edge.counters().open());
        loop.advanceTimeBy(2, TimeUnit.SECONDS); // the report about slices
        loop.runScheduledPendingTasks();
        wire.close("done");
        assertEquals(-1, loop.runScheduledPendingTasks(), "nanoseconds to a clock that nobody stopped");
        edge.checkEnded();
        loop.close();
    }

    private static byte[] slice(long exchange, int index, int bytes) {
        return Frame.slice(exchange, new Slice(index, 0, new byte[bytes])).toBytes();
    }
}
