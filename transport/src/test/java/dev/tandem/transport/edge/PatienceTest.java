package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long the edge waits for a device that says nothing: 20 s for its hello here, then 30 s for anything. */
class PatienceTest {
    private final FuzzEdge edge = new FuzzEdge();
    private final HeardWire wire = new HeardWire(edge);

    @Test
    void waitsForTheHelloAndNoLonger() {
        wire.pass(19_999);
        assertEquals(List.of(), wire.heard);
        wire.pass(1);
        assertTrue(wire.error(0, ErrorCode.HANDSHAKE_TIMEOUT).contains("[20000] ms"));
        wire.pass(1_000);
        edge.checkEnded();
    }

    @Test
    void waitsNoMoreForAHelloThatHasCome() {
        wire.hello();
        wire.pass(20_000);
        assertEquals(List.of(), wire.heard(FrameType.ERROR));
    }

    @Test
    void endsADeviceThatIsSilent() {
        wire.hello();
        wire.pass(30_001);
        wire.pass(30_001);
        assertEquals(List.of(), wire.heard(FrameType.ERROR), "it was heard a moment ago");
        wire.lastReadNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(30);
        wire.pass(30_001);
        assertTrue(wire.error(0, ErrorCode.IDLE).contains("[PT30S]"));
        wire.pass(1_000);
        edge.checkEnded();
        assertEquals(-1, wire.pass(0), "a clock goes on");
    }
}
