package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.TestCertificates;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that opens streams and never ends one: the edge keeps so many, and then the device no longer. */
@ExtendWith(NoLeaks.class)
class StreamCapTest {
    private static final int IN_FLIGHT = 2;
    private static final int MOST = 8 * IN_FLIGHT;

    @Test
    void endsTheConnectionThatOpensAStreamTooMany() throws Exception {
        LinkLimits limits = new LinkLimits(100, 3, 1_000, 1_500, IN_FLIGHT, Duration.ofSeconds(60),
                Duration.ofSeconds(30));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), Links.echo());
                RawQuicDevice device = RawQuicDevice.connect(server, TestCertificates.DEVICE, RawQuicDevice.WINDOW)) {
            device.send(Hello.of(Links.PACK, "many streams").toFrame());
            Links.await("hello", () -> server.counters().connections(Transport.QUIC) == 1);
            for (int id = 1; id <= MOST; id++) {
                device.send(Links.handmade("?", 1).toFrame(id));
            }
            Links.await("all but two refused",
                    () -> server.counters().ended(ErrorCode.TOO_MANY_EXCHANGES) == MOST - IN_FLIGHT);
            assertTrue(device.active());
            assertEquals(0, server.counters().ended(ErrorCode.UNEXPECTED_FRAME));
            device.send(Links.handmade("?", 1).toFrame(MOST + 1L));
            Links.await("the end", () -> server.connections() == 0);
            assertTrue(server.counters().ended(ErrorCode.UNEXPECTED_FRAME) > 0);
        }
    }
}
